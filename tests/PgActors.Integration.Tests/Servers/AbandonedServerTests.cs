using System.Diagnostics;
using System.Globalization;
using PgActors.Testing;

namespace PgActors.Integration.Tests.Servers;

/// <summary>Servers whose process ends without a word.</summary>
public sealed class AbandonedServerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_process_leaves_no_server_and_no_folder_behind(bool asOrdinaryUser)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "kill -9 is a matter of Unix.");
        var folder = Directory.CreateTempSubdirectory("pgactors-held-").FullName;
        var user = (await ServerUser.FindAsync(Token)).User!;
        if (asOrdinaryUser)
        {
            Assert.SkipUnless(user.IsAnother, "The tests run as an ordinary user already.");
            var reachable = await user.RunAsync(["test", "-r", typeof(HeldServer).Assembly.Location], Limit, cancellationToken: Token);
            Assert.SkipUnless(reachable.Succeeded, $"{user.Name} cannot read the tests' folder.");
            user.Own(folder);
        }

        var file = Path.Combine(folder, "told");
        using var process = StartHolder(asOrdinaryUser ? user : null, file, folder);
        try
        {
            await Waiting.UntilAsync(
                () => File.Exists(file) || process.HasExited, Limit, "the other process had started its server", Token);
            Assert.False(process.HasExited, process.HasExited ? await process.StandardOutput.ReadToEndAsync(Token) : "");
            var told = await File.ReadAllLinesAsync(file, Token);
            var port = int.Parse(told[0], CultureInfo.InvariantCulture);
            Assert.Equal('R', await RawClient.FirstAnswerAsync(port, "postgres", Token));

            process.Kill();

            await Waiting.UntilAsync(token => RawClient.RefusesAsync(port, token), Limit, "the server was gone", Token);
            await Waiting.UntilAsync(() => !Directory.Exists(told[1]), Limit, "its folder was gone", Token);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(Token);
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Watchdog_stops_each_server_of_its_folder_when_its_pipe_closes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The watchdog of Windows is another.");
        var options = new PostgresServerOptions();
        var user = (await ServerUser.FindAsync(Token)).User!;
        var binaries = await BinariesSearch.FindAsync(options, user, [], Token);
        var run = await RunFolder.CreateAsync(Token);
        var first = await LocalServer.CreateAsync(binaries!, user, run, options, Token);
        var second = await LocalServer.CreateAsync(binaries!, user, run, options, Token);
        await first.StartAsync(Token);
        await second.StartAsync(Token);

        run.Dispose();

        await Waiting.UntilAsync(() => !Directory.Exists(run.Root), Limit, "the folder was gone", Token);
        Assert.True(await RawClient.RefusesAsync(first.Port, Token));
        Assert.True(await RawClient.RefusesAsync(second.Port, Token));
    }

    [Fact]
    public async Task Watchdog_spares_a_stranger_whose_number_an_old_lock_file_has()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The watchdog of Windows is another.");
        using var stranger = Process.Start(ChildProcess.StartInfo(["/bin/sh", "-c", "read -r _; exit 7"]))!;
        var run = await RunFolder.CreateAsync(Token);
        var data = Directory.CreateDirectory(Path.Combine(run.NewServer(), "data")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(data, "postmaster.pid"), string.Create(CultureInfo.InvariantCulture, $"{stranger.Id}\n{data}\n"), Token);

        run.Dispose();
        await Waiting.UntilAsync(() => !Directory.Exists(run.Root), Limit, "the folder was gone", Token);

        stranger.StandardInput.Close();
        await stranger.WaitForExitAsync(Token);
        Assert.Equal(7, stranger.ExitCode);
    }

    private static Process StartHolder(ServerUser? user, string file, string cache)
    {
        string[] command =
        [
            Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath! : "dotnet",
            typeof(HeldServer).Assembly.Location, "-noColor", "-noLogo", "-explicit", "only",
            "-method", $"*.{nameof(HeldServer)}.{nameof(HeldServer.Hold)}",
        ];
        var info = ChildProcess.StartInfo(user?.Command(command) ?? command);
        info.Environment[HeldServer.Variable] = file;
        if (user is not null)
        {
            // The other user finds the servers where root put them, and makes a template of his own.
            info.Environment["XDG_CACHE_HOME"] = cache;
        }

        return Process.Start(info)!;
    }
}
