using PgActors.Sessions;

namespace PgActors.Statements;

/// <summary>A statement with its parameters, encoded. Whoever takes the buffer gives it back. One that is pending has neither yet.</summary>
internal readonly record struct PgCommand
{
    private readonly SqlStatement? _statement;

    public PgCommand(SqlStatement statement, ParameterBuffer? parameters)
    {
        _statement = statement;
        Parameters = parameters;
    }

    public PgCommand(PendingCommand pending) => Pending = pending;

    public SqlStatement Statement => _statement ?? throw new PgUsageException(
        "The statement has a parameter whose PostgreSQL type has not been looked up yet, and this call cannot wait for that. Run a statement "
        + "with a parameter of that type by itself before.");

    public ParameterBuffer? Parameters { get; }

    /// <summary>What it becomes a command by; <see langword="null"/> if it is one.</summary>
    public PendingCommand? Pending { get; }
}
