using PgActors.Benchmarks.Measuring;
using PgActors.Benchmarks.Servers;

namespace PgActors.Benchmarks.Cases;

/// <summary>Receives all rows of a query on a bare socket and counts them.</summary>
internal sealed class RawStream(BenchmarkServer server, string sql) : Contender("raw socket", SystemKind.Raw)
{
    private readonly byte[] _request = RawRequest.Execution();
    private RawConnection? _connection;

    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        _connection = await RawConnection.ConnectAsync(server.Address, cancellationToken);
        await _connection.PrepareAsync(sql);
    }

    public override async Task RunAsync(long operations, LatencyLog latencies)
    {
        await _connection!.SendAsync(_request);
        WrongResultException.ThrowIfDifferent(operations, await _connection.DrainAsync(1), Name);
    }

    public override ValueTask DisposeAsync()
    {
        _connection?.Dispose();
        return ValueTask.CompletedTask;
    }
}
