using PgActors.Protocol;
using PgActors.Sessions;

namespace PgActors.Engine.Tests.Sessions;

/// <summary>
/// A PostgreSQL backend reduced to what matters for fates: messages in, replies out, one implicit transaction from Sync to Sync, skipping
/// after an error, and a cancel signal that strikes whatever runs when it is noticed.
/// </summary>
internal sealed class ModelServer
{
    private readonly Queue<(ModelMessage Kind, ModelCommand Command)> _input = new();
    private readonly List<ModelCommand> _transaction = [];
    private bool _isSkipping;
    private bool _isSignalled;

    public Queue<Func<PipelineMachine, SessionEffects>> Replies { get; } = new();

    public bool IsIdle => _input.Count == 0;

    public void Receive(ModelMessage kind, ModelCommand command) => _input.Enqueue((kind, command));

    /// <summary>The signal of a cancel. One that finds the backend idle is forgotten.</summary>
    public void Signal() => _isSignalled = !IsIdle;

    /// <summary>Works off one message.</summary>
    public void Step()
    {
        if (!_input.TryDequeue(out var message))
            return;
        if (message.Kind == ModelMessage.Sync)
            Sync();
        else if (!_isSkipping)
            Run(message.Kind, message.Command);
        _isSignalled &= !IsIdle;
    }

    /// <summary>Ends the session as an administrator does: whatever is not committed is undone.</summary>
    public void Shutdown()
    {
        _transaction.Clear();
        _input.Clear();
        Replies.Enqueue(machine => machine.OnError(Pipelines.Shutdown));
    }

    /// <summary>The client is gone, and nobody hears: what was received is worked off.</summary>
    public void Orphan()
    {
        while (!IsIdle)
            Step();
        _transaction.Clear();
        Replies.Clear();
    }

    private void Run(ModelMessage kind, ModelCommand command)
    {
        if (_isSignalled)
        {
            _isSignalled = false;
            Fail(Pipelines.Canceled);
            if (kind == ModelMessage.Query)
                EndQuery();
            return;
        }

        switch (kind)
        {
            case ModelMessage.Close:
                Replies.Enqueue(machine => machine.OnCloseComplete());
                break;
            case ModelMessage.Parse:
                Replies.Enqueue(machine => machine.OnParseComplete());
                break;
            case ModelMessage.DescribeStatement:
                Replies.Enqueue(machine => machine.OnParameterDescription());
                Replies.Enqueue(machine => machine.OnRowDescription(Pipelines.Layout));
                break;
            case ModelMessage.Bind when command.FailsAtBind:
                Fail(Pipelines.Duplicate);
                break;
            case ModelMessage.Bind:
                Replies.Enqueue(machine => machine.OnBindComplete());
                break;
            case ModelMessage.Describe:
                Replies.Enqueue(machine => machine.OnRowDescription(Pipelines.Layout));
                break;
            case ModelMessage.Execute:
                Execute(command);
                break;
            case ModelMessage.Query:
                Query(command);
                break;
        }
    }

    private void Execute(ModelCommand command)
    {
        if (!Begin(command))
            return;
        var limit = command.Shape.RowLimit;
        var rows = limit == 0 ? command.RowsLeft : Math.Min(limit, command.RowsLeft);
        command.RowsLeft -= rows;
        if (rows > 0)
            Replies.Enqueue(machine => machine.OnRows());
        if (limit > 0 && rows == limit)
            Replies.Enqueue(machine => machine.OnPortalSuspended());
        else
            Replies.Enqueue(machine => machine.OnCommandComplete(Pipelines.OneRow));
    }

    private void Query(ModelCommand command)
    {
        if (Begin(command))
        {
            Replies.Enqueue(machine => machine.OnRowDescription(Pipelines.Layout));
            if (command.RowsLeft > 0)
                Replies.Enqueue(machine => machine.OnRows());
            Replies.Enqueue(machine => machine.OnCommandComplete(Pipelines.OneRow));
            Commit();
        }

        EndQuery();
    }

    private bool Begin(ModelCommand command)
    {
        if (!command.Began)
            _transaction.Add(command);
        command.Began = true;
        var fails = command.FailsAtExecute;
        if (command.CommitsEarly && (command.Shape.Safety == StatementSafety.MayCommit || (CanCommit(command) && !fails)))
            Commit();
        if (fails)
            Fail(Pipelines.Duplicate);
        return !fails;
    }

    private static bool CanCommit(ModelCommand command) => command.Shape.Safety != StatementSafety.RollsBack;

    private void Sync()
    {
        if (!_isSkipping && _isSignalled && _transaction.Count > 0)
        {
            _isSignalled = false;
            Fail(Pipelines.Canceled);
        }
        else if (!_isSkipping && _transaction.Exists(command => command.FailsAtCommit && !command.IsKept))
        {
            Fail(Pipelines.Duplicate);
        }

        if (!_isSkipping)
            Commit();
        _isSkipping = false;
        _transaction.Clear();
        Replies.Enqueue(machine => machine.OnReadyForQuery(TransactionStatus.Idle));
    }

    private void EndQuery()
    {
        _isSkipping = false;
        Replies.Enqueue(machine => machine.OnReadyForQuery(TransactionStatus.Idle));
    }

    private void Commit()
    {
        foreach (var command in _transaction)
            command.IsKept = true;
        _transaction.Clear();
    }

    private void Fail(PgError error)
    {
        _transaction.Clear();
        _isSkipping = true;
        Replies.Enqueue(machine => machine.OnError(error));
    }
}
