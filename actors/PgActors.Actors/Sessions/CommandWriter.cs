using PgActors.Protocol;

namespace PgActors.Sessions;

/// <summary>Writes commands, prepared under a name where that pays, and keeps the record of what the server has prepared.</summary>
internal sealed class CommandWriter(StatementCache statements, bool describesAlways)
{
    /// <summary>In which formats results are asked for.</summary>
    public ResultFormats Formats { get; set; } = new();

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

    /// <summary>The server says what was done, wherever it was hidden. After a schema change the results of statements may have other columns,
    /// and a new object may hide the one that they were prepared for.</summary>
    public void OnDone(string? verb)
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

    private static CommandShape WriteFetch(WireWriter writer, SessionRequest request)
    {
        if (!request.PortalToClose.IsEmpty)
            CommandEncoder.WriteClosePortal(writer, request.PortalToClose.Span);
        CommandEncoder.WriteExecute(writer, request.Portal.Span, request.RowLimit);
        if (request.Syncs)
            CommandEncoder.WriteSync(writer);
        return new CommandShape(CommandProtocol.Extended, request.Statement.Safety)
        {
            Closes = !request.PortalToClose.IsEmpty,
            IsFetch = true,
            MaySuspend = request.RowLimit > 0,
            Syncs = request.Syncs,
        };
    }

    private CommandShape WriteExtended(WireWriter writer, SessionRequest request)
    {
        if (request.IsFetch)
            return WriteFetch(writer, request);
        var prepared = request.AvoidsNames ? null : statements.Find(request.Statement);
        var parses = prepared is not { IsReady: true };
        if (parses)
        {
            // Somebody else's Parse is on its way under that name: this one goes unnamed.
            prepared = prepared is null && !request.AvoidsNames ? statements.Add(request.Statement) : null;
        }

        // One Close stands in front of a command at most; what is prepared can wait.
        var closesPortal = !request.PortalToClose.IsEmpty;
        PreparedStatement? closing = null;
        if (!closesPortal)
            statements.TryTakeLeaving(out closing);
        request.Prepared = prepared;
        request.ReusesStatement = !parses;
        request.Closing = closing;
        ReadOnlySpan<byte> name = prepared is null ? default : prepared.Name.Span;
        var describes = parses || describesAlways;
        if (closesPortal)
            CommandEncoder.WriteClosePortal(writer, request.PortalToClose.Span);
        else if (closing is not null)
            CommandEncoder.WriteClose(writer, closing.Name.Span);
        if (parses)
            CommandEncoder.WriteParse(writer, name, request.Statement);
        var portal = request.Portal.Span;
        CommandEncoder.WriteBind(
            writer, portal, name, request.ParameterCount, request.Parameters.Span, FormatsOf(request, prepared, parses));
        if (describes)
            CommandEncoder.WriteDescribe(writer, portal);
        CommandEncoder.WriteExecute(writer, portal, request.RowLimit);
        var isFetchedInPlace = request.RowLimit > 0 && portal.IsEmpty;
        if (isFetchedInPlace)
            CommandEncoder.WriteFlush(writer);
        else if (request.Syncs)
            CommandEncoder.WriteSync(writer);
        return new CommandShape(CommandProtocol.Extended, request.Statement.Safety)
        {
            Closes = closesPortal || closing is not null,
            Parses = parses,
            Describes = describes,
            RowLimit = isFetchedInPlace ? request.RowLimit : 0,
            MaySuspend = request.RowLimit > 0 && !isFetchedInPlace,
            Syncs = request.Syncs && !isFetchedInPlace,
            LimitsDemand = request.Window > 0,
        };
    }

    private ReadOnlySpan<DataFormat> FormatsOf(SessionRequest request, PreparedStatement? prepared, bool parses)
    {
        if (parses || prepared is null)
            return Formats.For(request.Statement);
        var version = Formats.Version;
        if (prepared.FormatsVersion != version)
        {
            prepared.Layout = Formats.Choose(request.Statement, prepared.Layout!);
            prepared.FormatsVersion = version;
        }

        return prepared.Layout!.HasText ? Formats.For(request.Statement) : default;
    }
}
