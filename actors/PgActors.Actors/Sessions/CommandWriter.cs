using PgActors.Protocol;

namespace PgActors.Sessions;

/// <summary>Writes commands, prepared under a name where that pays.</summary>
internal sealed class CommandWriter(StatementCache statements)
{
    // Prepared on the server and unknown to the cache. One leaves with each command, and a command adds one at most.
    private readonly Queue<PreparedStatement> _orphans = new();

    /// <summary>Writes a request's messages and says which they were.</summary>
    /// <exception cref="ArgumentException">The request is over a limit of the protocol; nothing of it was written.</exception>
    public CommandShape Write(WireWriter writer, SessionRequest request)
    {
        var start = writer.Length;
        try
        {
            return request.Protocol switch
            {
                CommandProtocol.Simple => WriteSimple(writer, request),
                CommandProtocol.Extended => WriteExtended(writer, request),
            };
        }
        catch
        {
            writer.Truncate(start);
            if (request.Prepared is { State: PreparedStatementState.Preparing } prepared)
                statements.Remove(prepared);
            throw;
        }
    }

    /// <summary>What was written of a request last is not sent after all.</summary>
    public void TakeBack(SessionRequest request)
    {
        if (request.Prepared is { State: PreparedStatementState.Preparing } prepared && !request.ReusesStatement)
            statements.Remove(prepared);
        request.Prepared = null;
    }

    /// <summary>The server has dropped all prepared statements.</summary>
    public void ForgetAll()
    {
        statements.Clear();
        _orphans.Clear();
    }

    /// <summary>A command has failed: forgets its statement if an execution cannot rely on it any more.</summary>
    /// <returns>Whether that alone was the reason: the same command, prepared anew, may succeed.</returns>
    public bool OnFailed(SessionRequest request, PgError? error)
    {
        if (request.Prepared is not { } prepared)
            return false;
        var isStale = request.ReusesStatement && StaleStatement.IsReasonOf(error);
        if (prepared.IsReady && !isStale)
            return false;
        if (statements.Find(prepared.Statement) == prepared)
        {
            statements.Remove(prepared);
            if (prepared.State == PreparedStatementState.Prepared)
                _orphans.Enqueue(prepared);
        }

        return isStale;
    }

    private static CommandShape WriteSimple(WireWriter writer, SessionRequest request)
    {
        CommandEncoder.WriteQuery(writer, request.Statement);
        return new CommandShape(CommandProtocol.Simple, StatementSafety.MayCommit) { Syncs = true };
    }

    private static CommandShape WriteFetch(WireWriter writer, SessionRequest request)
    {
        if (!request.PortalToClose.IsEmpty)
            CommandEncoder.WriteClosePortal(writer, request.PortalToClose.Span);
        CommandEncoder.WriteExecute(writer, request.Portal.Span, request.RowLimit);
        if (request.Syncs)
            CommandEncoder.WriteSync(writer);
        return new CommandShape(CommandProtocol.Extended, request.Statement.Safety)
        {
            ClosesStatement = !request.PortalToClose.IsEmpty,
            IsFetch = true,
            MaySuspend = request.RowLimit > 0,
            Syncs = request.Syncs,
        };
    }

    private CommandShape WriteExtended(WireWriter writer, SessionRequest request)
    {
        if (request.IsFetch)
            return WriteFetch(writer, request);
        var prepared = statements.Find(request.Statement);
        PreparedStatement? evicted = null;
        var parses = prepared is not { IsReady: true };
        if (parses)
        {
            // Somebody else's Parse is on its way under that name: this one goes unnamed.
            prepared = prepared is null ? statements.Add(request.Statement, out evicted) : null;
        }

        // One Close stands in front of a command at most; what is prepared can wait.
        var closesPortal = !request.PortalToClose.IsEmpty;
        if (closesPortal && evicted is not null)
            _orphans.Enqueue(evicted);
        else if (!closesPortal && evicted is null)
            _orphans.TryDequeue(out evicted);
        request.Prepared = prepared;
        request.ReusesStatement = !parses;
        ReadOnlySpan<byte> name = prepared is null ? default : prepared.Name.Span;
        if (closesPortal)
            CommandEncoder.WriteClosePortal(writer, request.PortalToClose.Span);
        else if (evicted is not null)
            CommandEncoder.WriteClose(writer, evicted.Name.Span);
        if (parses)
            CommandEncoder.WriteParse(writer, name, request.Statement);
        var portal = request.Portal.Span;
        CommandEncoder.WriteBind(writer, portal, name, request.ParameterCount, request.Parameters.Span);
        if (parses)
            CommandEncoder.WriteDescribe(writer, portal);
        CommandEncoder.WriteExecute(writer, portal, request.RowLimit);
        var isFetchedInPlace = request.RowLimit > 0 && portal.IsEmpty;
        if (isFetchedInPlace)
            CommandEncoder.WriteFlush(writer);
        else if (request.Syncs)
            CommandEncoder.WriteSync(writer);
        return new CommandShape(CommandProtocol.Extended, request.Statement.Safety)
        {
            ClosesStatement = closesPortal || evicted is not null,
            Parses = parses,
            Describes = parses,
            RowLimit = isFetchedInPlace ? request.RowLimit : 0,
            MaySuspend = request.RowLimit > 0 && !isFetchedInPlace,
            Syncs = request.Syncs && !isFetchedInPlace,
            LimitsDemand = request.Window > 0,
        };
    }
}
