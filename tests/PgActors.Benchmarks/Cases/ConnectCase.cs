using System.Diagnostics;
using Npgsql;
using PgActors.Benchmarks.Measuring;
using PgActors.Benchmarks.Servers;
using PgActors.Types;

namespace PgActors.Benchmarks.Cases;

/// <summary>
/// A session from nothing to its first answer, one after the other. Closing is not timed, as it means different things: a database that is
/// disposed waits until the server has let go of its sessions, Npgsql does not.
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
        Contender[] all = [new Leased(server.PgActors(scram)), new Opened(server.PgActors(scram)), new Unpooled(server.Npgsql(scram))];
        return scram ? all : [.. all, new Raw(server.Address)];
    }

    /// <summary>One database for all, as the peer has one data source; it looked at the server's types when it was opened, as the peer did.</summary>
    private sealed class Leased(PgConnectionOptions options) : Contender("PgActors", SystemKind.PgActors)
    {
        // A lease that comes back older than that ends its session.
        private readonly PgConnectionOptions _options =
            options with { SharedSessions = 1, LeaseLifetime = TimeSpan.FromMilliseconds(1) };

        private PgDatabase? _database;
        private int _last;

        public override async Task OpenAsync(CancellationToken cancellationToken) =>
            _database = await PgDatabase.ConnectAsync(_options, cancellationToken: cancellationToken);

        public override async Task RunAsync(long operations, LatencyLog latencies)
        {
            for (var i = 0; i < operations; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await using var session = await _database!.LeaseAsync();
                WrongResultException.ThrowIfDifferent(i, await session.QuerySingleAsync<int>($"select {i}"), Name);
                latencies[0].RecordSince(start);
                WrongResultException.ThrowIfDifferent(true, session.ProcessId != _last, "a session of its own");
                _last = session.ProcessId;
            }
        }

        public override ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>A database each: its first statement waits for a look at the types.</summary>
    private sealed class Opened(PgConnectionOptions options) : Contender("PgActors, a database each", SystemKind.PgActors)
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
