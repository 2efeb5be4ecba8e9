using PgActors.Rows;

namespace PgActors.Sessions;

/// <summary>A statement that a session has prepared, or is preparing, under a name.</summary>
public sealed class PreparedStatement
{
    internal PreparedStatement(SqlStatement statement, byte[] name)
    {
        Statement = statement;
        Name = name;
    }

    /// <summary>What was prepared.</summary>
    public SqlStatement Statement { get; }

    /// <summary>Its name on the server, in UTF-8 without a terminator.</summary>
    public ReadOnlyMemory<byte> Name { get; }

    /// <summary>How far it is.</summary>
    public PreparedStatementState State { get; internal set; }

    /// <summary>The columns of its result; <see langword="null"/> until they are known. The server guards it: once a statement is
    /// prepared its result type cannot change without an error (0A000).</summary>
    public RowLayout? Layout { get; internal set; }

    /// <summary>Whether an execution may leave out Parse and Describe.</summary>
    public bool IsReady => State == PreparedStatementState.Prepared && Layout is not null;

    /// <summary>By which version of what is known of types <see cref="Layout"/> has its formats, and whether for an execution that cannot
    /// be tried again.</summary>
    internal (int Version, bool IsFinal) FormatsChosenBy { get; set; }

    internal LinkedListNode<PreparedStatement>? Node { get; set; }
}
