using PgActors.Rows;
using PgActors.Sessions;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>A command of a series, whose end can be awaited.</summary>
internal sealed class SeriesRequest : SessionRequest
{
    private readonly TaskCompletionSource<RequestEnd> _ended = new();
    private RequestEnd _end;

    private SeriesRequest(int number, bool syncs)
    {
        Statement = new SqlStatement($"insert into t values ({number})");
        Syncs = syncs;
    }

    public Task<RequestEnd> Ended => _ended.Task;

    /// <summary>Makes a series; its first is to be posted.</summary>
    public static SeriesRequest[] Chain(int size, bool isAtomic)
    {
        SeriesRequest[] series = [.. Enumerable.Range(0, size).Select(i => new SeriesRequest(i, !isAtomic || i == size - 1))];
        for (var i = 1; i < size; i++)
            series[i - 1].Following = series[i];
        return series;
    }

    public override void OnDescribed(RowLayout layout)
    {
    }

    public override void OnRows(RowBatch batch, ISessionHost host) => batch.Release();

    public override void OnRunAgain()
    {
    }

    public override void OnEnded(in RequestEnd end) => _end = end;

    public override void Execute() => _ended.SetResult(_end);
}
