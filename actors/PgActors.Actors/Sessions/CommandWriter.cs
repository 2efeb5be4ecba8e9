using PgActors.Protocol;
using PgActors.Rows;

namespace PgActors.Sessions;

/// <summary>Writes commands, prepared under a name where that pays, and keeps the record of what the server has prepared.</summary>
internal sealed class CommandWriter(StatementCache statements, bool describesAlways)
{
    // A result has at most this many columns (PostgreSQL source, MaxTupleAttributeNumber in htup_details.h).
    private static readonly DataFormat[] MostFormats = new DataFormat[1664];
    private static readonly DataFormat[] AllBinary = [DataFormat.Binary];

    private bool _hasCreatedTypes;

    /// <summary>In which formats results are asked for.</summary>
    public ResultFormats Formats { get; set; } = new();

    /// <summary>Writes a request's messages and says which they were. Of one that is described first the rest is left for
    /// <see cref="WriteBind(WireWriter, SessionRequest)"/>.</summary>
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

    /// <summary>Whether a request will be described before the rest of it is written.</summary>
    /// <param name="request">The request, which was not written yet.</param>
    /// <param name="isFinal">Whether a failure of it could not be made good.</param>
    public bool DescribesFirst(SessionRequest request, bool isFinal) =>
        request.Protocol == CommandProtocol.Extended && !request.IsFetch && MustDescribeFirst(request, isFinal)
        && (request.Feed is not null || request.AvoidsNames || !statements.IsReady(request.Statement));

    /// <summary>About how many bytes of a request will be sent. It was not written yet.</summary>
    public long SizeOf(SessionRequest request) => request.Parameters.Length + (request.Feed?.Length ?? 0)
        + (request.AvoidsNames || !statements.IsReady(request.Statement) ? request.Statement.Utf8.Length : 0);

    /// <summary>A request's columns are known: chooses their formats for it.</summary>
    /// <returns>The columns as they will come.</returns>
    public RowLayout ChooseFormats(SessionRequest request, RowLayout layout)
    {
        var version = Formats.Version;
        var chosen = Formats.Choose(request.Statement, layout, request.IsFinal);
        if (request.Prepared is { } prepared)
            prepared.FormatsChosenBy = (version, request.IsFinal && layout.DependsOnCatalog);
        return chosen;
    }

    /// <summary>Writes what was left of a request that was described first.</summary>
    public static void WriteBind(WireWriter writer, SessionRequest request)
    {
        var name = request.Prepared is { } prepared ? prepared.Name.Span : default;
        WriteBind(writer, request, name, request.Described!.Formats, describes: false);
    }

    /// <summary>Begins what was left of a request whose parameters are read from streams: they are to follow, and then
    /// <see cref="EndBind"/>.</summary>
    public static void BeginBind(WireWriter writer, SessionRequest request) =>
        BeginBind(writer, request, default, FormatsOrBinary(request).Length);

    /// <summary>Ends what was left of such a request.</summary>
    public static void EndBind(WireWriter writer, SessionRequest request)
    {
        CommandEncoder.EndBind(writer, FormatsOrBinary(request));
        WriteExecute(writer, request);
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
        if (verb is "CREATE TYPE" or "CREATE EXTENSION" or "ALTER TYPE" or "ALTER EXTENSION")
            OnTypesCreated();
        else if (verb == "COMMIT" && _hasCreatedTypes)
            OnTypesCommitted();
        if (verb is "DISCARD ALL" or "DEALLOCATE ALL")
            statements.Forget();
        else if (verb.StartsWith("ALTER ", StringComparison.Ordinal) || verb.StartsWith("DROP ", StringComparison.Ordinal)
            || verb.StartsWith("CREATE ", StringComparison.Ordinal))
        {
            statements.EvictAll();
        }
    }

    // Whoever looks before the transaction has committed does not see them.
    private void OnTypesCreated()
    {
        _hasCreatedTypes = true;
        Formats.OnTypesCreated();
    }

    private void OnTypesCommitted()
    {
        _hasCreatedTypes = false;
        Formats.OnTypesCreated();
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
        var goesUnnamed = request.AvoidsNames || request.Feed is not null;
        var prepared = goesUnnamed ? null : statements.Find(request.Statement);
        var parses = prepared is not { IsReady: true };
        if (parses)
        {
            // Somebody else's Parse is on its way under that name: this one goes unnamed.
            prepared = prepared is null && !goesUnnamed ? statements.Add(request.Statement) : null;
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
        var describesFirst = parses && MustDescribeFirst(request, request.IsFinal);
        var describes = !describesFirst && (parses || describesAlways);
        if (closesPortal)
            CommandEncoder.WriteClosePortal(writer, request.PortalToClose.Span);
        else if (closing is not null)
            CommandEncoder.WriteClose(writer, closing.Name.Span);
        if (parses)
            CommandEncoder.WriteParse(writer, name, request.Statement);
        if (describesFirst)
        {
            CommandEncoder.WriteDescribeStatement(writer, name);
            CommandEncoder.WriteFlush(writer);
            CheckBind(writer, request, name);
        }
        else
        {
            WriteBind(writer, request, name, FormatsOf(request, prepared, parses), describes);
        }

        var isFetchedInPlace = IsFetchedInPlace(request);
        return new CommandShape(CommandProtocol.Extended, request.Statement.Safety)
        {
            Closes = closesPortal || closing is not null,
            Parses = parses,
            Describes = describes,
            DescribesFirst = describesFirst,
            RowLimit = isFetchedInPlace ? request.RowLimit : 0,
            MaySuspend = request.RowLimit > 0 && !isFetchedInPlace,
            Syncs = request.Syncs && !isFetchedInPlace,
            LimitsDemand = request.Window > 0,
        };
    }

    private static ReadOnlySpan<DataFormat> FormatsOrBinary(SessionRequest request) =>
        request.Described!.HasText ? request.Described.Formats : AllBinary;

    private static bool IsFetchedInPlace(SessionRequest request) => request.RowLimit > 0 && request.Portal.IsEmpty;

    // Only where it is worth a round trip: nobody has seen the columns yet, and to be wrong about them would cost the transaction, or a value
    // that nobody could read; or the server shall have looked at the statement before its large parameters are sent.
    private bool MustDescribeFirst(SessionRequest request, bool isFinal) => request.Feed is not null ||
        (!request.KnowsColumns && request.Statement.MayReturnValues && (isFinal || Formats.IsWary) && !Formats.IsSure(request.Statement));

    private static void WriteBind(
        WireWriter writer, SessionRequest request, ReadOnlySpan<byte> name, ReadOnlySpan<DataFormat> formats, bool describes)
    {
        CommandEncoder.WriteBind(writer, request.Portal.Span, name, request.ParameterCount, request.Parameters.Span, formats);
        if (describes)
            CommandEncoder.WriteDescribe(writer, request.Portal.Span);
        WriteExecute(writer, request);
    }

    private static void BeginBind(WireWriter writer, SessionRequest request, ReadOnlySpan<byte> name, int formatCount) =>
        CommandEncoder.BeginBind(
            writer, request.Portal.Span, name, request.ParameterCount, request.Parameters.Length + request.Feed!.Length, formatCount);

    private static void WriteExecute(WireWriter writer, SessionRequest request)
    {
        CommandEncoder.WriteExecute(writer, request.Portal.Span, request.RowLimit);
        if (IsFetchedInPlace(request))
            CommandEncoder.WriteFlush(writer);
        else if (request.Syncs)
            CommandEncoder.WriteSync(writer);
    }

    // What is over a limit is refused before anything of it is sent, or its transaction would be lost with it.
    private static void CheckBind(WireWriter writer, SessionRequest request, ReadOnlySpan<byte> name)
    {
        var start = writer.Length;
        if (request.Feed is null)
            WriteBind(writer, request, name, MostFormats, describes: false);
        else
            BeginBind(writer, request, name, MostFormats.Length);
        writer.Truncate(start);
    }

    private ReadOnlySpan<DataFormat> FormatsOf(SessionRequest request, PreparedStatement? prepared, bool parses)
    {
        if (parses || prepared is null)
            return request.IsFinal ? default : Formats.For(request.Statement);
        ChooseFormats(prepared, request.IsFinal);
        return prepared.Layout!.Formats;
    }

    private void ChooseFormats(PreparedStatement prepared, bool isFinal)
    {
        var layout = prepared.Layout!;
        var wanted = (Formats.Version, isFinal && layout.DependsOnCatalog);
        if (prepared.FormatsChosenBy == wanted)
            return;
        prepared.Layout = Formats.Choose(prepared.Statement, layout, isFinal);
        prepared.FormatsChosenBy = wanted;
    }
}
