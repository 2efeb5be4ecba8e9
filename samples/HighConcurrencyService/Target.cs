using PgActors.Testing;

namespace HighConcurrencyService;

/// <summary>The server that the service works on: the user's, or one started for it and gone afterwards.</summary>
internal sealed class Target : IAsyncDisposable
{
    private readonly PostgresServer? _own;

    private Target(string connection, PostgresServer? own)
    {
        Connection = connection;
        _own = own;
    }

    public string Connection { get; }

    public static async Task<Target> FindAsync(string? connection, CancellationToken cancellationToken)
    {
        if (connection is not null)
            return new Target(connection, null);
        Console.WriteLine($"Starting PostgreSQL {PostgresServerOptions.NewestMajor} ...");
        var own = await PostgresServer.StartAsync(cancellationToken: cancellationToken);
        return new Target(own.ConnectionUri(), own);
    }

    public ValueTask DisposeAsync() => _own?.DisposeAsync() ?? ValueTask.CompletedTask;
}
