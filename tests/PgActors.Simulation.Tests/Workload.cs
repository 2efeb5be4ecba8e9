using System.Globalization;
using PgActors.Testing;

namespace PgActors.Simulation.Tests;

/// <summary>The callers of one run: what they call, when, and what they were told. Everything is drawn from the seed.</summary>
internal sealed class Workload(Testing.Simulation simulation, ModelServer server, PgDatabase database, Random random)
{
    private const int Callers = 10;
    private const int CallsOfEach = 5;

    // Above the numbers of calls, so that a stream's length names it.
    private const int RowsBase = 300;

    private static readonly CallKind[] Kinds = Enum.GetValues<CallKind>();

    private readonly List<CallEnd> _ends = [];
    private int _lastId;

    public static int Calls => Callers * CallsOfEach;

    public IReadOnlyList<CallEnd> Ends => _ends;

    /// <summary>The statement of a call that sends no parameter.</summary>
    public static string? TextOf(CallKind kind, int id) => kind switch
    {
        CallKind.Select or CallKind.CancelledSelect or CallKind.Lease or CallKind.CancelledLease or CallKind.Transaction
            or CallKind.CancelledTransaction or CallKind.LeftTransaction => null,
        CallKind.Wait or CallKind.CancelledWait => Invariant($"wait w{id}"),
        CallKind.Fail => Invariant($"fail 22012 'call {id}'"),
        CallKind.Refuse => Invariant($"select nothing_{id}"),
        CallKind.Stream or CallKind.LeftStream or CallKind.CancelledStream or CallKind.StreamTransaction => Invariant($"rows {RowsBase + id}"),
    };

    public Task RunAsync() => Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => CallAsync()));

    private async Task CallAsync()
    {
        for (var i = 0; i < CallsOfEach; i++)
        {
            await PauseAsync(200);
            var id = ++_lastId;
            var kind = Kinds[random.Next(Kinds.Length)];
            var end = await EndAsync(id, kind);
            _ends.Add(end);
            simulation.Trace.Add(end.ToString());
        }
    }

    private async Task<CallEnd> EndAsync(int id, CallKind kind)
    {
        try
        {
            return new CallEnd(id, kind, null, await StartAsync(id, kind));
        }
        catch (PgCanceledException cancelled)
        {
            return new CallEnd(id, kind, cancelled.Outcome, "cancelled");
        }
        catch (PgConnectionException lost)
        {
            return new CallEnd(id, kind, lost.Outcome, lost.Kind.ToString());
        }
        catch (PgException refused) when (refused is PgServerException or PgTransactionException or PgCommitUnknownException)
        {
            return new CallEnd(id, kind, refused.Outcome, refused.SqlState ?? refused.GetType().Name);
        }
    }

    private async Task<string> StartAsync(int id, CallKind kind)
    {
        using var source = kind is CallKind.CancelledSelect or CallKind.CancelledWait or CallKind.CancelledStream
            or CallKind.CancelledLease or CallKind.CancelledTransaction
            ? new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(30)), simulation.Time)
            : new CancellationTokenSource();
        var token = source.Token;
        var text = TextOf(kind, id);
        return kind switch
        {
            CallKind.Select or CallKind.CancelledSelect => Text(await database.QuerySingleAsync<int>($"select {id}", token)),
            CallKind.Wait => await WaitAsync(text!, id),
            CallKind.CancelledWait or CallKind.Fail or CallKind.Refuse => Text(await database.ExecuteAsync(text!, token)),
            CallKind.Stream or CallKind.LeftStream or CallKind.CancelledStream => await StreamAsync(database, id, kind, token),
            CallKind.Lease or CallKind.CancelledLease => await LeaseAsync(id, token),
            CallKind.Transaction or CallKind.CancelledTransaction or CallKind.LeftTransaction or CallKind.StreamTransaction =>
                await TransactionAsync(id, kind, token),
        };
    }

    private async Task<string> WaitAsync(string text, int id)
    {
        var released = ReleaseAsync(Invariant($"w{id}"));
        var tag = await database.ExecuteAsync(text, TestContext.Current.CancellationToken);
        await released;
        return Text(tag);
    }

    private async Task ReleaseAsync(string name)
    {
        await PauseAsync(100);
        server.Release(name);
    }

    private async Task<string> LeaseAsync(int id, CancellationToken token)
    {
        await using var session = await database.LeaseAsync(token);
        await PauseAsync(20);
        return Text(await session.QuerySingleAsync<int>($"select {id}", token));
    }

    // Whatever failed before COMMIT was sent is gone: that is what its caller may rely on, be the statement itself sent or not.
    private async Task<string> TransactionAsync(int id, CallKind kind, CancellationToken token)
    {
        await using var transaction = await database.BeginAsync(cancellationToken: token);
        var text = "";
        try
        {
            await PauseAsync(20);
            if (kind == CallKind.StreamTransaction)
                text = await StreamAsync(transaction, id, kind, token);
            else
                text = Text(await transaction.QuerySingleAsync<int>($"select {id}", token));
            if (kind == CallKind.LeftTransaction)
                return text;
            if (kind != CallKind.StreamTransaction)
                text = Text(await transaction.QuerySingleAsync<int>($"select {id}", token));
        }
        catch (Exception failure) when (failure is PgException or PgCanceledException)
        {
            await transaction.RollbackAsync();
            throw new PgTransactionException(failure.Message, Outcome.RolledBack, null);
        }

        try
        {
            await transaction.CommitAsync(token);
        }
        catch (PgCanceledException cancelled) when (cancelled.Outcome == Outcome.NotSent)
        {
            // It is still open.
            await transaction.RollbackAsync();
            throw new PgTransactionException(cancelled.Message, Outcome.RolledBack, null);
        }

        return text;
    }

    private async Task<string> StreamAsync(PgCommands commands, int id, CallKind kind, CancellationToken token)
    {
        var query = commands.Query<int>(TextOf(kind, id)!);
        if (random.Next(2) == 0)
            query = query.WithFetchSize(random.Next(1, 100));
        if (random.Next(2) == 0)
            query = query.WithWindow(random.Next(1, 2_000));
        var leavesAt = kind == CallKind.LeftStream ? random.Next(1, RowsBase) : int.MaxValue;
        var last = 0;
        await foreach (var row in query.WithCancellation(token))
        {
            Assert.Equal(last + 1, row);
            last = row;
            if (last == leavesAt)
                break;
            if (random.Next(50) == 0)
                await PauseAsync(5);
        }

        if (kind != CallKind.LeftStream)
            Assert.Equal(RowsBase + id, last);
        return Text(last);
    }

    private Task PauseAsync(int maxMilliseconds) =>
        Task.Delay(TimeSpan.FromMilliseconds(random.Next(maxMilliseconds)), simulation.Time, TestContext.Current.CancellationToken);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number as the callers note it.</summary>
    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
