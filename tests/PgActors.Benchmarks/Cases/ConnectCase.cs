using System.Diagnostics;
using Npgsql;
using PgActors.Benchmarks.Measuring;
using PgActors.Benchmarks.Servers;
using PgActors.Types;

namespace PgActors.Benchmarks.Cases;

/// <summary>
/// From nothing to the first answer, one after the other, nothing kept between. Closing is not timed, as it means different things:
/// PgActors waits until the server has let go of the session, Npgsql does not.
/// </summary>
internal sealed class ConnectCase(bool scram) : PairedCase
{
    public override string Name => scram ? "connect-scram" : "connect-trust";

    public override string Group => "connect";

    public override string Description => scram
        ? "open a session with SCRAM-SHA-256 and get a first answer"
        : "open a session that the server trusts and get a first answer";

    public override string Operation => "connect";

    protected override bool RateFromLatency => true;

    protected override IEnumerable<Contender> Contenders(BenchmarkServer server)
    {
        // A server of the user's has no role that the case knows a password of.
        if (scram && !server.HasScramUser)
            return [];
        Contender[] both = [new Ours(server.PgActors(scram)), new Unpooled(server.Npgsql(scram))];
        return scram ? both : [.. both, new Raw(server.Address)];
    }

    private sealed class Ours(PgConnectionOptions options) : Contender("PgActors", SystemKind.PgActors)
    {
        private readonly PgConnectionOptions _options = options with { SharedSessions = 1 };

        public override async Task RunAsync(long operations, LatencyLog latencies)
        {
            for (var i = 0; i < operations; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await using var database = await PgDatabase.ConnectAsync(_options);
                WrongResultException.ThrowIfDifferent(i, await database.QuerySingleAsync<int>($"select {i}"), Name);
                latencies[0].RecordSince(start);
            }
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Unpooled(NpgsqlConnectionStringBuilder options) : Contender("Npgsql, Pooling=false", SystemKind.Npgsql)
    {
        private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(options.ConnectionString) { Pooling = false, Password = options.Password });

        public override async Task RunAsync(long operations, LatencyLog latencies)
        {
            for (var i = 0; i < operations; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await using var connection = await _source.OpenConnectionAsync();
                await using var command = new NpgsqlCommand("select $1", connection);
                command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = i });
                WrongResultException.ThrowIfDifferent<object?>(i, await command.ExecuteScalarAsync(), Name);
                latencies[0].RecordSince(start);
            }
        }

        public override ValueTask DisposeAsync() => _source.DisposeAsync();
    }

    private sealed class Raw(ServerAddress server) : Contender("raw socket", SystemKind.Raw)
    {
        private readonly byte[] _request = RawRequest.Once("select $1", PgTypeOid.Int4, RawRequest.Int4(1));

        public override async Task RunAsync(long operations, LatencyLog latencies)
        {
            for (var i = 0; i < operations; i++)
            {
                var start = Stopwatch.GetTimestamp();
                using var connection = await RawConnection.ConnectAsync(server, CancellationToken.None);
                await connection.SendAsync(_request);
                WrongResultException.ThrowIfDifferent(1, await connection.DrainAsync(1), Name);
                latencies[0].RecordSince(start);
            }
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
