using PgActors;
using PgActors.Testing;

namespace Quickstart;

/// <summary>The server the tour runs on: the user's, or one started for it and gone afterwards.</summary>
internal sealed class Target : IAsyncDisposable
{
    private readonly PostgresServer? _own;
    private readonly string _connection;

    private Target(string connection, PostgresServer? own = null)
    {
        _connection = connection;
        _own = own;
    }

    public static async Task<Target> FindAsync(string? connection, Screen screen, CancellationToken cancellationToken)
    {
        if (connection is not null)
            return new Target(connection);
        var own = await screen.WaitAsync(
            $"Starting PostgreSQL {PostgresServerOptions.NewestMajor} ...",
            () => PostgresServer.StartAsync(cancellationToken: cancellationToken));
        return new Target(own.ConnectionUri(), own);
    }

    public static async Task<PgDatabase> OpenAsync(Target target, CancellationToken cancellationToken)
    {
        try
        {
            return await PgDatabase.ConnectAsync(target._connection, cancellationToken);
        }
        catch (Exception refused) when (target._own is null && refused is PgException or PgOptionsException)
        {
            throw new UnreachableTargetException(refused);
        }
    }

    public static string VersionOf(PgDatabase db) =>
        db.Parameters.TryGet("server_version", out var version) ? version : "of an unknown version";

    public ValueTask DisposeAsync() => _own?.DisposeAsync() ?? ValueTask.CompletedTask;
}
