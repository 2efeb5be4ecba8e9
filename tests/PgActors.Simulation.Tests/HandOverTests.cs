using PgActors.Routing;
using PgActors.Testing;

namespace PgActors.Simulation.Tests;

/// <summary>
/// Two things that happen at once to one command, one session, one transaction: every distance between them is tried, in both orders, until each
/// of the two has won. Whoever wins, the caller is told what is so, and nothing is left behind.
/// </summary>
public sealed class HandOverTests
{
    private const string Database = "shared_sessions=1&max_leased_sessions=1&commit_resolution=0";
    private const string Gate = "gate";
    private const int Shared = 1;
    private const int Leased = 2;

    // In turns of the scheduler: more than either side needs to come to its end.
    private const int MaxDistance = 40;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Cancel_against_completion_of_a_query() => Explore(async (stage, db, race) =>
    {
        using var source = new CancellationTokenSource();
        var call = db.ExecuteAsync("wait gate", source.Token).AsTask();
        await stage.Server.ReachedAsync(Gate, Ct);
        await race(() => stage.Server.Release(Gate), source.Cancel);
        return await EndAsync(call);
    });

    [Fact]
    public void Loss_against_completion_of_a_query() => Explore(async (stage, db, race) =>
    {
        var call = db.ExecuteAsync("wait gate", Ct).AsTask();
        await stage.Server.ReachedAsync(Gate, Ct);
        await race(() => stage.Server.Release(Gate), () => stage.Cut(Shared));
        return await EndAsync(call);
    });

    [Fact]
    public void Loss_against_completion_of_a_commit() => Explore(
        async (stage, db, race) =>
        {
            await using var tx = await db.BeginAsync(cancellationToken: Ct);
            await tx.ExecuteAsync("select 'work'", Ct);
            var commit = tx.CommitAsync(Ct);
            await stage.Server.ReachedAsync(Gate, Ct);
            await race(() => stage.Server.Release(Gate), () => stage.Cut(Leased));
            var end = await EndAsync(commit);
            await stage.SettleAsync();
            var isCommitted = stage.Server.Log.Single(statement => statement.Sql == "select 'work'").Fate == ModelStatementFate.Committed;
            Assert.True(end switch { null => isCommitted, Outcome.Unknown => true, _ => !isCommitted });
            return end;
        },
        HoldCommit);

    [Fact]
    public void Cancel_against_completion_of_a_commit() => Explore(
        async (stage, db, race) =>
        {
            await using var tx = await db.BeginAsync(cancellationToken: Ct);
            await tx.ExecuteAsync("select 'work'", Ct);
            using var source = new CancellationTokenSource();
            var commit = tx.CommitAsync(source.Token);
            await race(() => stage.Server.Release(Gate), source.Cancel);
            var end = await EndAsync(commit);
            await stage.SettleAsync();
            var isCommitted = stage.Server.Log.Single(statement => statement.Sql == "select 'work'").Fate == ModelStatementFate.Committed;
            Assert.True(end switch { null => isCommitted, Outcome.Unknown => true, _ => !isCommitted });
            return end;
        },
        HoldCommit);

    [Fact]
    public void Cancel_against_grant_of_a_lease() => Explore(async (stage, db, race) =>
    {
        var held = await db.LeaseAsync(Ct);
        using var source = new CancellationTokenSource();
        var waiting = db.LeaseAsync(source.Token).AsTask();
        await stage.SettleAsync();
        await race(() => _ = held.DisposeAsync().AsTask(), source.Cancel);
        var end = await EndAsync(waiting);
        if (end is null)
            await (await waiting).DisposeAsync();
        return end;
    });

    [Fact]
    public void Loss_against_return_of_a_lease() => Explore(async (stage, db, race) =>
    {
        var held = await db.LeaseAsync(Ct);
        await race(() => _ = held.DisposeAsync().AsTask(), () => stage.Cut(Leased));

        // Either the loss is noticed in time, and nobody hears of it, or BEGIN was sent, and then nothing is left of it.
        var end = await EndAsync(db.InTransactionAsync(tx => tx.ExecuteAsync("select '1'", Ct).AsTask(), cancellationToken: Ct));
        Assert.NotEqual(Outcome.Unknown, end);
        return end;
    }, mayAlwaysEndWell: true);

    [Fact]
    public void Loss_against_the_first_statement_of_a_transaction() => Explore(async (stage, db, race) =>
    {
        await using var tx = await db.BeginAsync(cancellationToken: Ct);
        Task<long>? call = null;
        await race(() => call = tx.ExecuteAsync("select 'work'", Ct).AsTask(), () => stage.Cut(Leased));
        var end = await EndAsync(call!);
        Assert.NotEqual(Outcome.Unknown, end);
        if (end is null)
            await EndAsync(tx.CommitAsync(Ct));
        return end;
    });

    [Fact]
    public void Disposal_against_rows_of_a_stream() => Explore(
        async (stage, db, race) =>
        {
            var rows = db.Query<int>("rows 2000").WithWindow(1).GetAsyncEnumerator(Ct);
            var first = rows.MoveNextAsync().AsTask();
            await stage.Server.ReachedAsync(Gate, Ct);
            var wins = 0;
            await race(() => stage.Server.Release(Gate), () => wins = first.IsCompleted ? 1 : 0);
            Assert.True(await first);
            await rows.DisposeAsync();
            return wins == 1 ? null : Outcome.NotSent;
        },
        connection => connection == Leased ? HoldOnceBefore("Execute") : ModelFaults.None);

    [Fact]
    public void Cancel_against_rows_of_a_stream() => Explore(
        async (stage, db, race) =>
        {
            using var source = new CancellationTokenSource();
            var rows = db.Query<int>("rows 20").ToListAsync(source.Token).AsTask();
            await stage.Server.ReachedAsync(Gate, Ct);
            await race(() => stage.Server.Release(Gate), source.Cancel);
            var end = await EndAsync(rows);
            if (end is null)
                Assert.Equal(20, (await rows).Count);
            return end;
        },
        connection => connection == Leased ? HoldOnceBefore("Execute") : ModelFaults.None);

    // Runs a race at every distance, the one first and the other first. Afterwards the database is as idle as it was, and both have won.
    private static void Explore(
        Func<Stage, PgDatabase, Func<Action, Action, Task>, Task<Outcome?>> script,
        Func<int, ModelFaults>? faults = null,
        bool mayAlwaysEndWell = false)
    {
        var ends = new HashSet<bool>();
        for (var distance = -MaxDistance; distance <= MaxDistance; distance++)
        {
            var stage = new Stage(MaxDistance + distance, faults);
            stage.Play(Database, async db =>
            {
                var end = await script(stage, db, (first, second) => RaceAsync(stage, first, second, distance));
                ends.Add(end is null);
                await stage.SettleAsync();
                Assert.Equal(1, await db.QuerySingleAsync<int>($"select {1}", Ct));
                await using (var session = await db.LeaseAsync(Ct))
                    Assert.Equal(1, await session.QuerySingleAsync<int>($"select {1}", Ct));
                await stage.SettleAsync();
                Assert.Equal(0, db.Snapshot().Leased.Held);
                Assert.All(db.Snapshot().Leased.Sessions, leased => Assert.Equal(LeasePhase.Idle, leased.Phase));
            });
        }

        Assert.Contains(true, ends);
        Assert.True(mayAlwaysEndWell || ends.Contains(false));
    }

    private static async Task RaceAsync(Stage stage, Action first, Action second, int distance)
    {
        var (early, late) = distance < 0 ? (second, first) : (first, second);
        early();
        for (var i = 0; i < Math.Abs(distance); i++)
            await stage.TurnAsync();
        late();
    }

    private static async Task<Outcome?> EndAsync(Task call)
    {
        try
        {
            await call;
            return null;
        }
        catch (PgCanceledException cancelled)
        {
            return cancelled.Outcome;
        }
        catch (PgException failure)
        {
            return failure.Outcome;
        }
    }

    private static ModelFaults HoldCommit(int connection) => connection == Leased
        ? new ModelFaults { HoldBefore = message => message is Protocol.Parse { Sql: "COMMIT" } ? Gate : null }
        : ModelFaults.None;

    private static ModelFaults HoldOnceBefore(string message) =>
        new() { HoldBefore = received => received.GetType().Name == message ? Gate : null };
}
