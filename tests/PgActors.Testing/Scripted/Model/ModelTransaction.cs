using PgActors.Protocol;

namespace PgActors.Testing;

/// <summary>The transaction rules of a session (PostgreSQL documentation, "Pipelining" and "Multiple Statements in a Simple
/// Query").</summary>
internal sealed class ModelTransaction
{
    private readonly ModelLog _log;

    public ModelTransaction(ModelLog log) => _log = log;

    public ModelBlock Block { get; private set; }

    /// <summary>Whether BEGIN ran and the block has not ended.</summary>
    public bool IsBlock => Block is ModelBlock.Explicit or ModelBlock.Failed;

    public TransactionStatus Status => Block switch
    {
        ModelBlock.None => TransactionStatus.Idle,
        ModelBlock.Implicit => TransactionStatus.Idle,
        ModelBlock.Explicit => TransactionStatus.InTransaction,
        ModelBlock.Failed => TransactionStatus.Failed,
    };

    public void OnStatement()
    {
        if (Block == ModelBlock.None)
            Block = ModelBlock.Implicit;
    }

    /// <summary>BEGIN, which takes the statements of an implicit block in.</summary>
    /// <returns>A warning, if there is a reason.</returns>
    public PgError? Begin()
    {
        var warning = Block == ModelBlock.Explicit
            ? ServerErrors.Warning(SqlStates.ActiveSqlTransaction, "there is already a transaction in progress")
            : null;
        Block = ModelBlock.Explicit;
        return warning;
    }

    /// <summary>COMMIT or ROLLBACK.</summary>
    /// <param name="commits">Which of them.</param>
    /// <param name="verb">What it came to: the commit of a failed block is a rollback.</param>
    /// <returns>A warning, if there is a reason.</returns>
    public PgError? End(bool commits, out string verb)
    {
        var warning = IsBlock ? null : ServerErrors.Warning(SqlStates.NoActiveSqlTransaction, "there is no transaction in progress");
        commits &= Block != ModelBlock.Failed;
        verb = commits ? "COMMIT" : "ROLLBACK";
        Settle(commits);
        return warning;
    }

    /// <summary>A statement failed. What ran before it in its transaction is lost in any case: there are no savepoints.</summary>
    public void Fail()
    {
        _log.Settle(ModelStatementFate.RolledBack);
        Block = IsBlock ? ModelBlock.Failed : ModelBlock.None;
    }

    /// <summary>Sync, or the end of a simple query.</summary>
    public void EndImplicit()
    {
        if (!IsBlock)
            Settle(commits: true);
    }

    private void Settle(bool commits)
    {
        _log.Settle(commits ? ModelStatementFate.Committed : ModelStatementFate.RolledBack);
        Block = ModelBlock.None;
    }
}
