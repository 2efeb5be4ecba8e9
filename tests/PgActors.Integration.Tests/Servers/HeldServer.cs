using System.Globalization;
using PgActors.Testing;

namespace PgActors.Integration.Tests.Servers;

/// <summary>
/// What the process of <see cref="AbandonedServerTests"/> runs: starts a server, tells where, and holds it until it is killed.
/// </summary>
public sealed class HeldServer
{
    /// <summary>Names the file to tell it in.</summary>
    public const string Variable = "PGACTORS_TEST_HELD_SERVER";

    [Fact(Explicit = true)]
    public async Task Hold()
    {
        var token = TestContext.Current.CancellationToken;
        var file = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(file is null, $"{Variable} is not set: this is no test but the other process of one.");
        await using var server = await PostgresServer.StartAsync(cancellationToken: token);
        var told = string.Create(CultureInfo.InvariantCulture, $"{server.Port}\n{Path.GetDirectoryName(server.SocketDirectory)}\n");
        await File.WriteAllTextAsync(file + ".new", told, token);
        File.Move(file + ".new", file);
        await new TaskCompletionSource().Task.WaitAsync(token);
    }
}
