namespace PgActors.Protocol;

/// <summary>Where the session stands, as ReadyForQuery reports it.</summary>
public enum TransactionStatus : byte
{
    /// <summary>Not in a transaction block: the next statement commits by itself.</summary>
    Idle = (byte)'I',

    /// <summary>Inside a transaction block.</summary>
    InTransaction = (byte)'T',

    /// <summary>Inside a failed transaction block: only its end will be accepted.</summary>
    Failed = (byte)'E',
}
