using Npgsql;
using PgActors.Benchmarks.Measuring;
using PgActors.Benchmarks.Servers;
using PgActors.Types;

namespace PgActors.Benchmarks.Cases;

/// <summary>Values of one type, decoded or encoded a thousand at a time, as an array: so what is left of the query around it is small
/// beside them. What counts are the client's time and the bytes allocated for a value.</summary>
/// <typeparam name="TOurs">What PgActors takes the type for.</typeparam>
/// <typeparam name="TTheirs">What Npgsql takes it for.</typeparam>
internal sealed class TypeCase<TOurs, TTheirs>(TypeSetup setup, bool isRead) : PairedCase
{
    private const int Values = 1000;

    // A server process keeps what it frees only up to twice the largest block that it has had so far (glibc's M_TRIM_THRESHOLD), and a result of
    // this size may lie just above that. Then it faults every page in again for each query: 2,341 of them, and 39 ms instead of 0.6, for one array
    // of multiranges. One process did so and another did not, depending on what each had done before. So each takes a large block at first.
    private const string Settling = "select length(repeat('x', 16777216))";

    private string Table => $"bench_type_{setup.Name.Replace('-', '_').ToLowerInvariant()}";

    private string Sql => $"select v from {Table}";

    public override string Name => $"types-{(isRead ? "read" : "write")}-{setup.Name}";

    public override string Group => "types";

    public override string Description => $"{Values:#,0} values of {setup.Type} {(isRead ? "from a column" : "to a parameter")}, as an array";

    public override string Operation => "value";

    protected override RunSettings Adapt(RunSettings settings) => settings.ForValues();

    protected override async Task PrepareAsync(BenchmarkServer server, CancellationToken cancellationToken)
    {
        await server.EnsureTypeAsync(setup.Type, setup.Extension, setup.Creation, cancellationToken);
        await server.EnsureTableAsync(
            Table,
            1,
            $"select array(select ({setup.Expression})::{setup.Type} from generate_series(1, {Values}) as i) as v",
            cancellationToken);
    }

    protected override IEnumerable<Contender> Contenders(BenchmarkServer server)
    {
        yield return new Ours(server, setup, Sql, isRead);
        if (!setup.IsOursAlone)
            yield return new Theirs(server, setup, Sql, isRead);
    }

    private sealed class Ours(BenchmarkServer server, TypeSetup setup, string sql, bool isRead) : Contender("PgActors", SystemKind.PgActors)
    {
        private PgDatabase? _database;
        private TOurs[] _values = [];

        public override int Sessions => _database!.SessionCount;

        public override async Task OpenAsync(CancellationToken cancellationToken)
        {
            var settings = new PgDatabaseSettings { Types = setup.Types(PgTypeRegistry.Default) };
            _database = await PgDatabase.ConnectAsync(server.PgActors() with { SharedSessions = 1 }, settings, cancellationToken);
            await _database.ExecuteAsync(Settling, cancellationToken);
            _values = await _database.QuerySingleAsync<TOurs[]>(sql, cancellationToken);
        }

        public override async Task RunAsync(long operations, LatencyLog latencies)
        {
            for (var left = operations; left > 0; left -= Values)
            {
                var count = isRead
                    ? (await _database!.QuerySingleAsync<TOurs[]>(sql)).Length
                    : setup.IsExplicit
                        ? await _database!.QuerySingleAsync<int>($"select cardinality({PgParam.As(_values, setup.Type.Trim('"') + "[]")})")
                        : await _database!.QuerySingleAsync<int>($"select cardinality({_values})");
                WrongResultException.ThrowIfDifferent(Values, count, Name);
            }
        }

        public override ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private sealed class Theirs(BenchmarkServer server, TypeSetup setup, string sql, bool isRead)
        : Contender("Npgsql prepared", SystemKind.Npgsql)
    {
        private NpgsqlDataSource? _source;
        private NpgsqlConnection? _connection;
        private NpgsqlCommand? _command;

        public override async Task OpenAsync(CancellationToken cancellationToken)
        {
            var builder = new NpgsqlDataSourceBuilder(server.Npgsql().ConnectionString);
            setup.Npgsql(builder);
            _source = builder.Build();
            _connection = await _source.OpenConnectionAsync(cancellationToken);
            await using (var settling = new NpgsqlCommand(Settling, _connection))
                await settling.ExecuteNonQueryAsync(cancellationToken);
            _command = new NpgsqlCommand(sql, _connection);
            await _command.PrepareAsync(cancellationToken);
            if (isRead)
                return;
            var values = await ReadAsync();
            await _command.DisposeAsync();
            _command = new NpgsqlCommand("select cardinality($1)", _connection)
            {
                Parameters = { new NpgsqlParameter<TTheirs[]> { TypedValue = values, DataTypeName = setup.Type.Trim('"') + "[]" } },
            };
            await _command.PrepareAsync(cancellationToken);
        }

        public override async Task RunAsync(long operations, LatencyLog latencies)
        {
            for (var left = operations; left > 0; left -= Values)
                WrongResultException.ThrowIfDifferent(Values, isRead ? (await ReadAsync()).Length : await CountAsync(), Name);
        }

        public override async ValueTask DisposeAsync()
        {
            if (_command is not null)
                await _command.DisposeAsync();
            if (_connection is not null)
                await _connection.DisposeAsync();
            if (_source is not null)
                await _source.DisposeAsync();
        }

        private async Task<TTheirs[]> ReadAsync()
        {
            await using var reader = await _command!.ExecuteReaderAsync();
            await reader.ReadAsync();
            return reader.GetFieldValue<TTheirs[]>(0);
        }

        private async Task<int> CountAsync()
        {
            await using var reader = await _command!.ExecuteReaderAsync();
            await reader.ReadAsync();
            return reader.GetInt32(0);
        }
    }
}
