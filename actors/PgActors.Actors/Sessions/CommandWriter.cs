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

    /// <summary>A command has failed: forgets its statement if an execution cannot rely on it any more.</summary>
    public void OnFailed(SessionRequest request, PgError? error)
    {
        if (request.Prepared is not { } prepared)
            return;
        var isStale = request.ReusesStatement && StaleStatement.IsReasonOf(error);
        if ((prepared.IsReady && !isStale) || statements.Find(prepared.Statement) != prepared)
            return;
        statements.Remove(prepared);
        if (prepared.State == PreparedStatementState.Prepared)
            _orphans.Enqueue(prepared);
    }

    private static CommandShape WriteSimple(WireWriter writer, SessionRequest request)
    {
        CommandEncoder.WriteQuery(writer, request.Statement);
        return new CommandShape(CommandProtocol.Simple, StatementSafety.MayCommit) { Syncs = true };
    }

    private CommandShape WriteExtended(WireWriter writer, SessionRequest request)
    {
        var prepared = statements.Find(request.Statement);
        PreparedStatement? evicted = null;
        var parses = prepared is not { IsReady: true };
        if (parses)
        {
            // Somebody else's Parse is on its way under that name: this one goes unnamed.
            prepared = prepared is null ? statements.Add(request.Statement, out evicted) : null;
        }

        if (evicted is null)
            _orphans.TryDequeue(out evicted);
        request.Prepared = prepared;
        request.ReusesStatement = !parses;
        ReadOnlySpan<byte> name = prepared is null ? default : prepared.Name.Span;
        if (evicted is not null)
            CommandEncoder.WriteClose(writer, evicted.Name.Span);
        if (parses)
            CommandEncoder.WriteParse(writer, name, request.Statement);
        CommandEncoder.WriteBind(writer, name, request.ParameterCount, request.Parameters.Span);
        if (parses)
            CommandEncoder.WriteDescribe(writer);
        CommandEncoder.WriteExecute(writer, request.RowLimit);
        if (request.RowLimit > 0)
            CommandEncoder.WriteFlush(writer);
        else if (request.Syncs)
            CommandEncoder.WriteSync(writer);
        return new CommandShape(CommandProtocol.Extended, request.Statement.Safety)
        {
            ClosesStatement = evicted is not null,
            Parses = parses,
            Describes = parses,
            RowLimit = request.RowLimit,
            Syncs = request.Syncs && request.RowLimit == 0,
            LimitsDemand = request.Window > 0,
        };
    }
}
