namespace PgActors.Protocol;

/// <summary>Which of the two name spaces <see cref="Describe"/> and <see cref="Close"/> mean.</summary>
public enum StatementOrPortal : byte
{
    /// <summary>A prepared statement.</summary>
    Statement = (byte)'S',

    /// <summary>A portal: a statement with its parameters, ready to run.</summary>
    Portal = (byte)'P',
}
