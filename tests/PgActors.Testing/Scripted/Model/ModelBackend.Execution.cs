using PgActors.Protocol;

namespace PgActors.Testing;

/// <content>How statements run.</content>
internal sealed partial class ModelBackend
{
    private ModelPortal? _running;
    private int _maxRows;
    private int _sent;

    /// <summary>The statement that asked for <see cref="ModelStep.Drain"/> goes on.</summary>
    public ModelStep OnDrained() => Proceed();

    /// <summary>The statement that asked for <see cref="ModelStep.Wait"/> goes on.</summary>
    public ModelStep OnReleased()
    {
        if (_running is { } waiting)
            waiting.IsReleased = true;
        return Proceed();
    }

    /// <summary>A cancel request ends the statement that drains or waits.</summary>
    public ModelStep OnCancelled() => Fail(
        ServerErrors.Error(SqlStates.QueryCanceled, "canceling statement due to user request"), ModelStatementOutcome.Cancelled);

    private void Start(ModelPortal portal, int maxRows)
    {
        _transaction.OnStatement();
        if (portal.Command.Kind != ModelCommandKind.Empty)
            portal.LogEntry ??= _log.Begin(portal.Command.Sql, portal.Parameters);
        Record(portal, ModelStatementOutcome.Running);
        (_running, _maxRows, _sent) = (portal, maxRows, 0);
    }

    /// <summary>Runs what is to be run until it is done, or has to wait.</summary>
    private ModelStep Proceed()
    {
        while (true)
        {
            if (_running is { } portal)
            {
                if (Advance(portal) is { } step)
                    return step;
            }
            else if (!_isSimple)
            {
                return ModelStep.Read;
            }
            else if (!_rest.TryDequeue(out var command))
            {
                return BecomeReady();
            }
            else if (Open(command) is { } failed)
            {
                return failed;
            }
        }
    }

    private ModelStep? Open(ModelCommand command)
    {
        if (command.ParameterCount > 0)
            return Fail(ServerErrors.Error(SqlStates.UndefinedParameter, $"there is no parameter ${command.ParameterCount}"));
        if (RefusesInFailedBlock(command))
            return FailInFailedBlock();
        var prepared = new ModelPrepared(command, []);
        if (ModelPortal.Bind(prepared, new Bind("", "", [], [], []), out var error) is not { } portal)
            return Fail(error!);
        if (command.ReturnsRows)
            Say(prepared.Describe([]));
        Start(portal, maxRows: 0);
        return null;
    }

    /// <summary>Runs one statement; no step means that it is done.</summary>
    private ModelStep? Advance(ModelPortal portal) => portal.Command.Kind switch
    {
        ModelCommandKind.Empty => Complete(portal, new EmptyQueryResponse()),
        ModelCommandKind.Select => SendRows(portal),
        ModelCommandKind.Rows => SendRows(portal),
        ModelCommandKind.Wait => portal.IsReleased ? Complete(portal, Tag("WAIT")) : ModelStep.Wait,
        ModelCommandKind.Fail => Fail(ServerErrors.Error(portal.Command.Argument, portal.Command.Message)),
        ModelCommandKind.Fatal => Fail(ServerErrors.Fatal(portal.Command.Argument, portal.Command.Message)),
        ModelCommandKind.Notice => Notify(ServerErrors.Notice(portal.Command.Message)) ?? Complete(portal, Tag("DO")),
        ModelCommandKind.Begin => Notify(_transaction.Begin()) ?? Complete(portal, Tag("BEGIN")),
        ModelCommandKind.Commit => EndTransaction(portal, commits: true),
        ModelCommandKind.Rollback => EndTransaction(portal, commits: false),
        ModelCommandKind.DiscardAll => DiscardAll(portal),
    };

    private ModelStep? SendRows(ModelPortal portal)
    {
        while (portal.Position < portal.Command.RowCount && !IsAtRowLimit)
        {
            portal.Position++;
            _sent++;
            Say(new DataRow(portal.Command.Kind == ModelCommandKind.Select ? portal.Row : NumberRow(portal)));
            if (Output.Length >= SendBuffer)
            {
                WantsFlush = true;
                return ModelStep.Drain;
            }
        }

        if (!IsAtRowLimit)
            return Complete(portal, new CommandComplete(new CommandTag("SELECT", _sent)));

        // Also when no row is left: the server looks for one only when it is asked to go on.
        Say(new PortalSuspended());
        Record(portal, ModelStatementOutcome.Suspended);
        _running = null;
        return null;
    }

    private bool IsAtRowLimit => _maxRows > 0 && _sent == _maxRows;

    private static WireArray<WireArray<byte>?> NumberRow(ModelPortal portal)
        => [WireArray.Adopt(
            ModelValues.WriteNumber(ModelTypes.Int4, portal.Position, ModelPrepared.FormatOf(portal.ResultFormats, 0)))];

    private ModelStep? EndTransaction(ModelPortal portal, bool commits)
    {
        Record(portal, ModelStatementOutcome.Completed);
        Notify(_transaction.End(commits, out var verb));
        _portals.Clear();
        return Complete(portal, Tag(verb));
    }

    private ModelStep? DiscardAll(ModelPortal portal)
    {
        if (_transaction.IsBlock)
            return Fail(ServerErrors.Error(SqlStates.ActiveSqlTransaction, "DISCARD ALL cannot run inside a transaction block"));
        _statements.Clear();
        _portals.Clear();
        return Complete(portal, Tag("DISCARD ALL"));
    }

    private static CommandComplete Tag(string verb) => new(new CommandTag(verb, null));

    private ModelStep? Notify(PgError? notice)
    {
        if (notice is not null)
        {
            Say(new NoticeResponse(notice));
            WantsFlush = true;
        }

        return null;
    }

    private ModelStep? Complete(ModelPortal portal, IBackendMessage message)
    {
        Say(message);
        Record(portal, ModelStatementOutcome.Completed);
        portal.IsDone = portal.Command.Kind != ModelCommandKind.Empty;
        _running = null;
        return null;
    }

    private void Record(ModelPortal portal, ModelStatementOutcome outcome, string? sqlState = null)
    {
        if (portal.LogEntry is { } entry)
            _log.Record(entry, outcome, sqlState);
    }

    private ModelStep Fail(PgError error, ModelStatementOutcome outcome = ModelStatementOutcome.Failed)
    {
        Say(new ErrorResponse(error));
        WantsFlush = true;
        if (_running is { } portal)
            Record(portal, outcome, error.SqlState);
        _running = null;
        _rest.Clear();
        _transaction.Fail();
        if (!_transaction.IsBlock)
            _portals.Clear();
        if (error.IsFatal)
            return ModelStep.Close;
        if (_isSimple)
            return BecomeReady();
        _skipsToSync = true;
        return ModelStep.Read;
    }

    private ModelStep BecomeReady()
    {
        _isSimple = false;
        _transaction.EndImplicit();
        if (!_transaction.IsBlock)
            _portals.Clear();
        Say(new ReadyForQuery(_transaction.Status));
        WantsFlush = true;
        return ModelStep.Read;
    }
}
