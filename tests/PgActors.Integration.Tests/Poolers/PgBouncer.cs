using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using PgActors.Testing;

namespace PgActors.Integration.Tests.Poolers;

/// <summary>A PgBouncer in front of a server, where the machine has one (Debian's package pgbouncer).</summary>
internal sealed class PgBouncer : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"];

    private readonly Process _process;

    private PgBouncer(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts one; skips the test where there is none.</summary>
    /// <param name="server">The server behind it.</param>
    /// <param name="mode">Its <c>pool_mode</c>.</param>
    /// <remarks>Whoever comes is let in, and logs in at the server as its superuser.</remarks>
    /// <param name="servers">How many sessions it may have with the server.</param>
    public static async Task<PgBouncer> StartAsync(PostgresServer server, string mode, int servers)
    {
        var program = Array.Find(Places, File.Exists);
        Assert.SkipWhen(program is null, "No PgBouncer on this machine; Debian's package is called pgbouncer.");
        var (user, reason) = await ServerUser.FindAsync(Token);
        Assert.SkipWhen(user is null, reason);
        var folder = (await RunFolder.CurrentAsync(Token)).NewServer();
        user.Own(folder);
        var port = LoopbackPort.ChooseFree();
        var file = Path.Combine(folder, "pgbouncer.ini");
        await File.WriteAllTextAsync(
            file,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                [databases]
                * = host=127.0.0.1 port={server.Port} user={server.SuperUser}
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = {port}
                unix_socket_dir =
                auth_type = any
                pool_mode = {mode}
                default_pool_size = {servers}
                max_client_conn = 200
                ignore_startup_parameters = extra_float_digits
                """),
            Token);
        var command = user.Command([program!, "-q", file]);
        var start = new ProcessStartInfo(command[0]) { WorkingDirectory = "/", UseShellExecute = false };
        foreach (var argument in command.Skip(1))
            start.ArgumentList.Add(argument);
        var bouncer = new PgBouncer(Process.Start(start)!, port);
        await Waiting.UntilAsync(bouncer.AnswersAsync, TimeSpan.FromSeconds(30), "PgBouncer listened", Token);
        return bouncer;
    }

    public Task<PgDatabase> OpenAsync(string parameters) => PgDatabase.ConnectAsync(
        PgConnectionOptions.Parse($"postgres://postgres@127.0.0.1:{Port}/postgres?sslmode=disable&{parameters}"), null, Token);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private async Task<bool> AnswersAsync(CancellationToken token)
    {
        Assert.False(_process.HasExited, "PgBouncer did not start.");
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port, token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
