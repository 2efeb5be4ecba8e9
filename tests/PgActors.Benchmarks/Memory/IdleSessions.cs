using Npgsql;
using PgActors.Benchmarks.Measuring;
using PgActors.Benchmarks.Servers;

namespace PgActors.Benchmarks.Memory;

/// <summary>Sessions of one system that are kept and do nothing.</summary>
internal abstract class IdleSessions : IAsyncDisposable
{
    /// <summary>The systems whose sessions can be measured.</summary>
    public static IReadOnlyList<SystemKind> Systems { get; } = [SystemKind.PgActors, SystemKind.Npgsql];

    /// <summary>Makes the sessions' owner, without a session.</summary>
    /// <param name="system">Whose.</param>
    /// <param name="server">Where.</param>
    /// <param name="most">How many there may be.</param>
    public static async Task<IdleSessions> CreateAsync(SystemKind system, ServerAddress server, int most) => system switch
    {
        SystemKind.PgActors => new Ours(await PgDatabase.ConnectAsync(
            server.PgActors() with { SharedSessions = 1, MaxLeasedSessions = most, LeaseIdleLifetime = null })),
        SystemKind.Npgsql => new Theirs(server, most),
        SystemKind.Raw or SystemKind.Framework => throw new ArgumentException($"{system} has no idle sessions to measure.", nameof(system)),
    };

    /// <summary>Opens sessions until there are that many, runs a query on each, and gives them all back.</summary>
    public async Task OpenAsync(int sessions)
    {
        var held = new List<IAsyncDisposable>(sessions);
        for (var i = 0; i < sessions; i++)
            held.Add(await TakeAsync(i));
        foreach (var session in held)
            await session.DisposeAsync();
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>Takes a session and selects a number on it.</summary>
    protected abstract Task<IAsyncDisposable> TakeAsync(int number);

    private sealed class Ours(PgDatabase database) : IdleSessions
    {
        public override ValueTask DisposeAsync() => database.DisposeAsync();

        protected override async Task<IAsyncDisposable> TakeAsync(int number)
        {
            var session = await database.LeaseAsync();
            WrongResultException.ThrowIfDifferent(number, await session.QuerySingleAsync<int>($"select {number}"), nameof(PgActors));
            return session;
        }
    }

    private sealed class Theirs : IdleSessions
    {
        private readonly NpgsqlDataSource _source;

        public Theirs(ServerAddress server, int most)
        {
            var options = server.Npgsql();
            options.MaxPoolSize = most;

            // A server that only stands in for one has no catalogue.
            _source = new NpgsqlDataSourceBuilder(options.ConnectionString)
                .ConfigureTypeLoading(types => types.EnableTypeLoading(false))
                .Build();
        }

        public override ValueTask DisposeAsync() => _source.DisposeAsync();

        protected override async Task<IAsyncDisposable> TakeAsync(int number)
        {
            var connection = await _source.OpenConnectionAsync();
            await using var command = new NpgsqlCommand("select $1", connection);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = number });
            WrongResultException.ThrowIfDifferent<object?>(number, await command.ExecuteScalarAsync(), nameof(Npgsql));
            return connection;
        }
    }
}
