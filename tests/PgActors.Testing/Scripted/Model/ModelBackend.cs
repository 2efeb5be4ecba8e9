using PgActors.Framing;
using PgActors.Protocol;

namespace PgActors.Testing;

/// <summary>
/// One session as a backend sees it: messages in, messages out, and no waiting; whatever takes time is a <see cref="ModelStep"/> for the
/// loop that drives it. It answers as PostgreSQL does (PostgreSQL documentation, "Message Flow").
/// </summary>
internal sealed partial class ModelBackend : IDisposable
{
    // PostgreSQL's PQ_SEND_BUFFER_SIZE: it sends whenever so much has gathered.
    private const int SendBuffer = 8192;

    private readonly ModelLog _log;
    private readonly ModelTransaction _transaction;
    private readonly Dictionary<string, ModelPrepared> _statements = [];
    private readonly Dictionary<string, ModelPortal> _portals = [];
    private readonly Queue<ModelCommand> _rest = new();
    private bool _isSimple;
    private bool _skipsToSync;

    public ModelBackend(ModelLog log)
    {
        _log = log;
        _transaction = new ModelTransaction(log);
    }

    /// <summary>What was said and not sent.</summary>
    public WireWriter Output { get; } = new();

    /// <summary>Whether the output is to be sent now: after ReadyForQuery, Flush, an error or a notice, or if it is long.</summary>
    public bool WantsFlush { get; private set; }

    public TransactionStatus Status => _transaction.Status;

    /// <summary>What a statement that asked for <see cref="ModelStep.Wait"/> waits for.</summary>
    public string WaitName => _running?.Command.Argument ?? "";

    public void Dispose() => Output.Dispose();

    /// <summary>The output was sent.</summary>
    public void OnSent()
    {
        Output.Clear();
        WantsFlush = false;
    }

    /// <summary>The connection was lost: what is not committed is lost too.</summary>
    public void OnConnectionLost()
    {
        if (_running is { LogEntry: { } entry })
            _log.Record(entry, ModelStatementOutcome.Lost);
        _log.Settle(ModelStatementFate.RolledBack);
    }

    /// <summary>A read from the client, not its end.</summary>
    public ModelStep On(FrontendRead read) => read.Kind switch
    {
        FrontendReadKind.Message => OnMessage(read.Message!),
        FrontendReadKind.Malformed => OnMalformed((FrontendMessageType)read.Scan.Header.Type),
        FrontendReadKind.Violation => OnViolation(read.Scan.Violation),
        FrontendReadKind.End => ModelStep.Close,
    };

    private ModelStep OnMessage(IFrontendMessage message)
    {
        if (_skipsToSync && message is not (Sync or Terminate))
            return ModelStep.Read;
        return message switch
        {
            Parse parse => OnParse(parse),
            Bind bind => OnBind(bind),
            Describe describe => OnDescribe(describe),
            Execute execute => OnExecute(execute),
            Close close => OnClose(close),
            Sync => OnSync(),
            Flush => OnFlush(),
            Query query => OnQuery(query),
            FunctionCall call => OnFunctionCall(call),
            Terminate => ModelStep.Close,

            // CopyData, CopyDone and CopyFail outside a COPY: PostgreSQL passes them over, as remains of one that failed.
            _ => ModelStep.Read,
        };
    }

    private ModelStep OnMalformed(FrontendMessageType type)
    {
        if (_skipsToSync && type != FrontendMessageType.Sync)
            return ModelStep.Read;
        _skipsToSync = false;
        _isSimple = type is FrontendMessageType.Query or FrontendMessageType.FunctionCall or FrontendMessageType.Sync;
        return Fail(ServerErrors.Error(SqlStates.ProtocolViolation, "invalid message format"));
    }

    // PostgreSQL names an unknown type, but a wrong length ends the connection without a word.
    private ModelStep OnViolation(FrameViolation violation) => violation.Kind switch
    {
        FrameViolationKind.UnexpectedType
            => Fail(ServerErrors.Fatal(SqlStates.ProtocolViolation, $"invalid frontend message type {violation.Header.Type}")),
        FrameViolationKind.TooShort => ModelStep.Close,
        FrameViolationKind.OverCap => ModelStep.Close,
    };

    private ModelStep OnParse(Parse parse)
    {
        if (parse.Statement.Length == 0)
            DropStatement("");
        if (!ModelSql.TryParse(parse.Sql, out var commands, out var error))
            return Fail(error);
        if (commands.Count > 1)
        {
            return Fail(
                ServerErrors.Error(SqlStates.SyntaxError, "cannot insert multiple commands into a prepared statement"));
        }

        var command = commands.Count == 0 ? ModelCommand.Empty : commands[0];
        if (RefusesInFailedBlock(command))
            return FailInFailedBlock();
        if (!_statements.TryAdd(parse.Statement, new ModelPrepared(command, parse.ParameterTypes)))
        {
            return Fail(
                ServerErrors.Error(SqlStates.DuplicatePreparedStatement, $"prepared statement \"{parse.Statement}\" already exists"));
        }

        return Say(new ParseComplete());
    }

    private ModelStep OnBind(Bind bind)
    {
        if (!_statements.TryGetValue(bind.Statement, out var prepared))
            return Fail(NoStatement(bind.Statement));
        if (RefusesInFailedBlock(prepared.Command))
            return FailInFailedBlock();
        if (bind.Portal.Length == 0)
            _portals.Remove("");
        if (ModelPortal.Bind(prepared, bind, out var error) is not { } portal)
            return Fail(error!);
        if (!_portals.TryAdd(bind.Portal, portal))
            return Fail(ServerErrors.Error(SqlStates.DuplicateCursor, $"cursor \"{bind.Portal}\" already exists"));
        return Say(new BindComplete());
    }

    private ModelStep OnDescribe(Describe describe) => describe.Target switch
    {
        StatementOrPortal.Statement => DescribeStatement(describe.Name),
        StatementOrPortal.Portal => DescribePortal(describe.Name),
    };

    private ModelStep DescribeStatement(string name)
    {
        if (!_statements.TryGetValue(name, out var prepared))
            return Fail(NoStatement(name));
        if (_transaction.Block == ModelBlock.Failed && prepared.Command.ReturnsRows)
            return FailInFailedBlock();
        Say(new ParameterDescription(prepared.ParameterTypes));
        return Say(prepared.Describe([]));
    }

    private ModelStep DescribePortal(string name)
    {
        if (!_portals.TryGetValue(name, out var portal))
            return Fail(NoPortal(name));
        if (_transaction.Block == ModelBlock.Failed && portal.Command.ReturnsRows)
            return FailInFailedBlock();
        return Say(portal.Prepared.Describe(portal.ResultFormats));
    }

    private ModelStep OnExecute(Execute execute)
    {
        if (!_portals.TryGetValue(execute.Portal, out var portal))
            return Fail(NoPortal(execute.Portal));
        if (RefusesInFailedBlock(portal.Command))
            return FailInFailedBlock();
        if (portal.IsDone && !portal.Command.ReturnsRows)
        {
            return Fail(
                ServerErrors.Error(SqlStates.ObjectNotInPrerequisiteState, $"portal \"{execute.Portal}\" cannot be run"));
        }

        Start(portal, execute.MaxRows);
        return Proceed();
    }

    private ModelStep OnClose(Close close)
    {
        if (close.Target == StatementOrPortal.Statement)
            DropStatement(close.Name);
        else
            _portals.Remove(close.Name);
        return Say(new CloseComplete());
    }

    private ModelStep OnFlush()
    {
        WantsFlush = true;
        return ModelStep.Read;
    }

    private ModelStep OnSync()
    {
        _skipsToSync = false;
        return BecomeReady();
    }

    private ModelStep OnQuery(Query query)
    {
        _isSimple = true;
        DropStatement("");
        _portals.Remove("");
        if (!ModelSql.TryParse(query.Sql, out var commands, out var error))
            return Fail(error);
        if (commands.Count == 0)
            Say(new EmptyQueryResponse());
        foreach (var command in commands)
            _rest.Enqueue(command);
        return Proceed();
    }

    private ModelStep OnFunctionCall(FunctionCall call)
    {
        _isSimple = true;
        return Fail(ServerErrors.Error(SqlStates.UndefinedFunction, $"function with OID {call.FunctionOid} does not exist"));
    }

    private void DropStatement(string name)
    {
        if (!_statements.Remove(name, out var dropped))
            return;
        foreach (var (portalName, portal) in _portals)
        {
            // Removing while enumerating is allowed for dictionaries.
            if (portal.Prepared == dropped)
                _portals.Remove(portalName);
        }
    }

    private bool RefusesInFailedBlock(ModelCommand command)
        => _transaction.Block == ModelBlock.Failed && !command.EndsTransaction && command.Kind != ModelCommandKind.Empty;

    private ModelStep FailInFailedBlock() => Fail(
        ServerErrors.Error(
            SqlStates.InFailedSqlTransaction, "current transaction is aborted, commands ignored until end of transaction block"));

    private static PgError NoStatement(string name) => ServerErrors.Error(
        SqlStates.InvalidSqlStatementName,
        name.Length == 0 ? "unnamed prepared statement does not exist" : $"prepared statement \"{name}\" does not exist");

    private static PgError NoPortal(string name)
        => ServerErrors.Error(SqlStates.InvalidCursorName, $"portal \"{name}\" does not exist");

    private ModelStep Say(IBackendMessage message)
    {
        message.Write(Output);
        return ModelStep.Read;
    }
}
