using System.Diagnostics;
using PgActors.Testing;

namespace PgActors.Integration.Tests.Pipelining;

[Collection(nameof(ProcessWide))]
public sealed class ManyCallersTests
{
    private const string Uri = "PGACTORS_TEST_URI";
    private const string Threads = "PGACTORS_TEST_THREADS";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_callers_share_two_sessions_and_each_gets_its_own_answer()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync("shared_sessions=2&application_name=callers");

        await CallAsync(db, callers: 10_000, rounds: 3);

        Assert.Equal("2", await server.AskAsync("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'callers'"));
    }

    [Fact]
    public async Task Nobody_among_ten_thousand_callers_on_eight_sessions_starves()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync("shared_sessions=8&application_name=fair");
        await server.UntilSessionsAsync("fair", 8);

        AssertFair(await MeasureAsync(db, callers: 10_000, rounds: 20));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Pool_of_few_threads_is_enough_for_ten_thousand_callers(int threads)
    {
        var server = await PostgresServer.Shared();
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                [Uri] = server.ConnectionUri(parameters: "shared_sessions=8"),
                [Threads] = $"{threads}",
                ["DOTNET_PROCESSOR_COUNT"] = $"{threads}",
                ["DOTNET_ThreadPool_ForceMinWorkerThreads"] = $"{threads}",
                ["DOTNET_ThreadPool_ForceMaxWorkerThreads"] = $"{threads}",
            },
        };
        if (!Environment.ProcessPath!.Contains("Integration.Tests", StringComparison.Ordinal))
        {
            start.ArgumentList.Add("exec");
            start.ArgumentList.Add(typeof(ManyCallersTests).Assembly.Location);
        }

        foreach (var argument in new[] { "-explicit", "only", "-method", $"*.{nameof(ManyCallersTests)}.{nameof(Child_with_few_pool_threads)}" })
            start.ArgumentList.Add(argument);
        using var child = Process.Start(start)!;
        var output = child.StandardOutput.ReadToEndAsync(Token);
        var errors = child.StandardError.ReadToEndAsync(Token);
        try
        {
            await child.WaitForExitAsync(Token).WaitAsync(TimeSpan.FromSeconds(120), Token);
        }
        finally
        {
            if (!child.HasExited)
                child.Kill();
        }

        Assert.True(child.ExitCode == 0 && (await output).Contains("Total: 1", StringComparison.Ordinal), await output + await errors);
    }

    [Fact(Explicit = true)]
    public async Task Child_with_few_pool_threads()
    {
        ThreadPool.GetMaxThreads(out var workers, out _);
        Assert.Equal(Environment.GetEnvironmentVariable(Threads), $"{workers}");
        await using var db = await PgDatabase.ConnectAsync(Environment.GetEnvironmentVariable(Uri)!, Token);
        await ServerFacts.UntilAsync(() => db.SessionCount == 8, "all sessions were ready");

        AssertFair(await MeasureAsync(db, callers: 10_000, rounds: 20));
    }

    [Fact]
    public async Task Continuations_that_block_on_further_commands_do_not_hang_the_sessions()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync("shared_sessions=2");
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(1, ports);
        try
        {
            // Each continuation runs where its answer was handed out, and sits there until its session has answered once more.
            async Task<int> CallAsync(int i)
            {
                var first = await db.QuerySingleAsync<int>($"select {i}", Token).ConfigureAwait(false);
                return first + Block(db.QuerySingleAsync<int>($"select {i}", Token)) + Block(db.QuerySingleAsync<int>($"select {i}", Token));
            }

            var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(CallAsync));
            Assert.Equal(Enumerable.Range(0, 12).Select(i => 3 * i), answers);
        }
        finally
        {
            ThreadPool.SetMinThreads(workers, ports);
        }
    }

    [Fact]
    public async Task Commands_of_one_caller_run_in_the_order_in_which_they_were_given()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);
        await server.QueryAsync(
            "CREATE TABLE ordered (at bigserial, caller int, number int)", cancellationToken: Token);
        await using var db = await server.OpenAsync("shared_sessions=1&max_queued_commands=50");

        async Task CallAsync(int caller)
        {
            // Not awaited one by one; beyond the mailbox's bound they wait for room, in their order.
            var commands = new List<Task<long>>();
            for (var number = 0; number < 200; number++)
                commands.Add(db.ExecuteAsync($"insert into ordered (caller, number) values ({caller}, {number})", Token).AsTask());
            await Task.WhenAll(commands);
        }

        await Task.WhenAll(Enumerable.Range(0, 10).Select(caller => Task.Run(() => CallAsync(caller), Token)));

        Assert.Equal("2000", await server.AskAsync("SELECT count(*) FROM ordered"));
        Assert.Equal("0", await server.AskAsync(
            "SELECT count(*) FROM (SELECT number < lag(number) OVER (PARTITION BY caller ORDER BY at) AS overtook FROM ordered) s WHERE overtook"));
    }

    [Fact]
    public async Task Failing_commands_among_others_fail_alone()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync("shared_sessions=1");

        var answers = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(async i =>
        {
            try
            {
                return await db.QuerySingleAsync<int>($"select 60 / {i % 4}", Token);
            }
            catch (PgServerException failure) when (failure.Error.SqlState == "22012")
            {
                Assert.Equal(Outcome.RolledBack, failure.Outcome);
                return -1;
            }
        }));

        Assert.Equal(Enumerable.Range(0, 1_000).Select(i => i % 4 == 0 ? -1 : 60 / (i % 4)), answers);
    }

    private static async Task CallAsync(PgDatabase db, int callers, int rounds)
    {
        async Task OneAsync(int caller)
        {
            for (var round = 0; round < rounds; round++)
            {
                var value = caller * 10 + round;
                Assert.Equal((value, $"{value}"), await db.QuerySingleAsync<(int, string)>($"select {value}, {value}::text", Token));
            }
        }

        await Task.WhenAll(Enumerable.Range(0, callers).Select(OneAsync));
    }

    // Each caller goes on calling until it has had its rounds. A wait is told by how many others were answered meanwhile, which no clock and
    // no other load on the machine changes.
    private static async Task<long[]> MeasureAsync(PgDatabase db, int callers, int rounds)
    {
        await CallAsync(db, callers, rounds: 1);
        var answers = 0L;
        var waits = new long[callers * rounds];

        async Task OneAsync(int caller)
        {
            for (var round = 0; round < rounds; round++)
            {
                var before = Interlocked.Read(ref answers);
                Assert.Equal(caller, await db.QuerySingleAsync<int>($"select {caller}", Token));
                waits[caller * rounds + round] = Interlocked.Increment(ref answers) - before;
            }
        }

        await Task.WhenAll(Enumerable.Range(0, callers).Select(OneAsync));
        Array.Sort(waits);
        return waits;
    }

    private static void AssertFair(long[] waits)
    {
        var (median, worst) = (waits[waits.Length / 2], waits[^1]);
        Assert.True(worst <= 10 * median, $"While one waited, {median} others were answered in the median, {worst} at worst.");
    }

    // The one thing that the test is about.
    private static int Block(ValueTask<int> command) => command.AsTask().GetAwaiter().GetResult();
}
