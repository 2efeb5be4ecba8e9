using PgActors.Protocol;
using PgActors.Routing;
using PgActors.Sessions;

namespace PgActors.Simulation.Tests;

/// <summary>What a health page can show of the exclusive sessions.</summary>
public sealed class SnapshotTests
{
    private const string Database = "shared_sessions=1&max_leased_sessions=2&commit_resolution=0";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Stage _stage = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Snapshot_tells_who_has_which_session_and_for_how_long() => _stage.Play(Database, async db =>
    {
        Assert.Empty(db.Snapshot().Leased.Sessions);
        await using var lease = await db.LeaseAsync(Ct);
        await _stage.ElapseAsync(Minute);
        await using var tx = await db.BeginAsync(cancellationToken: Ct);
        await tx.ExecuteAsync("select '1'", Ct);
        var statement = lease.ExecuteAsync("wait slow", Ct).AsTask();
        var waiting = db.LeaseAsync(Ct).AsTask();
        await _stage.SettleAsync();

        var leased = db.Snapshot().Leased;
        Assert.Equal((2, 1, 2), (leased.Maximum, leased.Waiting, leased.Held));
        Assert.Equal(["leased-1", "leased-2"], leased.Sessions.Select(one => one.Session.Name));
        Assert.All(leased.Sessions, one => Assert.Equal((LeasePhase.Held, SessionState.Ready), (one.Phase, one.Session.State)));
        Assert.Equal([TransactionStatus.Idle, TransactionStatus.InTransaction], leased.Sessions.Select(one => one.Transaction));
        Assert.Equal([1, 0], leased.Sessions.Select(one => one.Session.InFlight));
        Assert.InRange(leased.Sessions[0].For, Minute, Minute + TimeSpan.FromSeconds(1));
        Assert.InRange(leased.Sessions[1].For, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.All(leased.Sessions, one => Assert.StartsWith(
            $"{nameof(Snapshot_tells_who_has_which_session_and_for_how_long)} (SnapshotTests.cs:", one.Holder.ToString(), StringComparison.Ordinal));

        _stage.Server.Release("slow");
        await statement;
        await tx.CommitAsync(Ct);
        await (await waiting).DisposeAsync();
        await _stage.SettleAsync();
        leased = db.Snapshot().Leased;
        Assert.Equal((0, 1), (leased.Waiting, leased.Held));
        Assert.Equal((LeasePhase.Idle, null), (leased.Sessions[1].Phase, leased.Sessions[1].Holder));
    });

    [Fact]
    public void Snapshot_forgets_a_session_that_has_ended() => _stage.Play(Database, async db =>
    {
        await using var lease = await db.LeaseAsync(Ct);
        _stage.Cut(2);
        await _stage.SettleAsync();

        Assert.Empty(db.Snapshot().Leased.Sessions);
        Assert.Equal(1, db.SessionCount);
    });
}
