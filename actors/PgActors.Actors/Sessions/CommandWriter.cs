using PgActors.Protocol;

namespace PgActors.Sessions;

/// <summary>Writes commands, prepared under a name where that pays, and keeps the record of what the server has prepared.</summary>
internal sealed class CommandWriter(StatementCache statements, bool describesAlways)
{
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
            ReturnClosing(request);
            if (request.Prepared is { State: PreparedStatementState.Preparing } prepared)
                statements.Remove(prepared);
            throw;
        }
    }

    /// <summary>The Close in front of a request was answered.</summary>
    public static void OnClosed(SessionRequest request) => request.Closing = null;

    /// <summary>A command has ended: keeps the record in step with the server.</summary>
    public void OnEnded(SessionRequest request, in FinishedCommand finished)
    {
        ReturnClosing(request);
        if (finished.End is CommandEnd.Succeeded or CommandEnd.StoppedEarly)
        {
            OnDone(finished.Tag.Verb);
            return;
        }

        if (request.Prepared is not { } prepared)
            return;
        if (prepared.IsReady && !StaleStatement.IsReasonOf(finished.Error, request.ReusesStatement))
            return;
        if (prepared.State == PreparedStatementState.Prepared)
            statements.Evict(prepared);
        else
            statements.Remove(prepared);
    }

    /// <summary>Names in statements mean something else from now on.</summary>
    public void OnSearchPathChanged() => statements.EvictAll();

    // The server says what was done, wherever it was hidden. After a schema change the results of statements may have other columns, and a
    // new object may hide the one that they were prepared for.
    private void OnDone(string? verb)
    {
        if (verb is null)
            return;
        if (verb is "DISCARD ALL" or "DEALLOCATE ALL")
            statements.Forget();
        else if (verb.StartsWith("ALTER ", StringComparison.Ordinal) || verb.StartsWith("DROP ", StringComparison.Ordinal)
            || verb.StartsWith("CREATE ", StringComparison.Ordinal))
        {
            statements.EvictAll();
        }
    }

    // The server skipped it, or never saw it.
    private void ReturnClosing(SessionRequest request)
    {
        if (request.Closing is not { } closing)
            return;
        request.Closing = null;
        statements.ReturnLeaving(closing);
    }

    private static CommandShape WriteSimple(WireWriter writer, SessionRequest request)
    {
        CommandEncoder.WriteQuery(writer, request.Statement);
        return new CommandShape(CommandProtocol.Simple, StatementSafety.MayCommit) { Syncs = true };
    }

    private CommandShape WriteExtended(WireWriter writer, SessionRequest request)
    {
        var prepared = request.AvoidsNames ? null : statements.Find(request.Statement);
        var parses = prepared is not { IsReady: true };
        if (parses)
        {
            // Somebody else's Parse is on its way under that name: this one goes unnamed.
            prepared = prepared is null && !request.AvoidsNames ? statements.Add(request.Statement) : null;
        }

        statements.TryTakeLeaving(out var closing);
        request.Prepared = prepared;
        request.ReusesStatement = !parses;
        request.Closing = closing;
        ReadOnlySpan<byte> name = prepared is null ? default : prepared.Name.Span;
        var describes = parses || describesAlways;
        if (closing is not null)
            CommandEncoder.WriteClose(writer, closing.Name.Span);
        if (parses)
            CommandEncoder.WriteParse(writer, name, request.Statement);
        CommandEncoder.WriteBind(writer, name, request.ParameterCount, request.Parameters.Span);
        if (describes)
            CommandEncoder.WriteDescribe(writer);
        CommandEncoder.WriteExecute(writer, request.RowLimit);
        if (request.RowLimit > 0)
            CommandEncoder.WriteFlush(writer);
        else if (request.Syncs)
            CommandEncoder.WriteSync(writer);
        return new CommandShape(CommandProtocol.Extended, request.Statement.Safety)
        {
            ClosesStatement = closing is not null,
            Parses = parses,
            Describes = describes,
            RowLimit = request.RowLimit,
            Syncs = request.Syncs && request.RowLimit == 0,
            LimitsDemand = request.Window > 0,
        };
    }
}
