using PgActors.Rows;
using PgActors.Testing;

namespace PgActors.Integration.Tests.Pipelining;

[Collection(nameof(ProcessWide))]
public sealed class FullBufferTests
{
    private const int ValueBytes = 100 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2, 4096, 10_486)] // A gibibyte, each way.
    [InlineData(1, 65536, 5_000)]
    public async Task Large_commands_and_large_answers_pass_each_other_in_full_socket_buffers(int sessions, int socketBytes, int commands)
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync($"shared_sessions={sessions}&socket_buffer_bytes={socketBytes}&max_queued_bytes=8MB");
        var value = new byte[ValueBytes];
        new Random(1).NextBytes(value);
        await db.QuerySingleAsync<byte[]>($"select {value}", Token);
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        var slabs = RowSlab.Outstanding;
        var next = 0;
        var most = 0L;

        // More at a time than the mailboxes hold, so some wait for room; each sends and gets its own bytes.
        async Task CallAsync()
        {
            int number;
            while ((number = Interlocked.Increment(ref next)) <= commands)
            {
                var (n, answer) = await db.QuerySingleAsync<(int, byte[])>($"select {number}, {value}", Token);
                Assert.Equal(number, n);
                Assert.Equal(value, answer);
                if (number % 500 == 0)
                    InterlockedMax(ref most, GC.GetTotalMemory(forceFullCollection: true) - memory);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 400).Select(_ => Task.Run(CallAsync)));

        // 400 callers with a parameter and an answer each, what the mailboxes and the two buffers of each session hold, and pools.
        Assert.InRange(most, long.MinValue, 256 << 20);
        Assert.InRange(RowSlab.Outstanding - slabs, int.MinValue, 2 * sessions);
    }

    [Fact]
    public async Task Ten_thousand_commands_leave_at_once_and_wait_for_room()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync("shared_sessions=2&socket_buffer_bytes=4096&max_queued_commands=100");
        var text = new string('p', 2_000);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10_000).Select(
            i => db.QuerySingleAsync<(int, string)>($"select {i}, {text}", Token).AsTask()));

        for (var i = 0; i < answers.Length; i++)
            Assert.Equal((i, text), answers[i]);
    }

    [Fact]
    public async Task Flood_of_notices_while_writing_holds_nothing_up()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync(
            "shared_sessions=1&socket_buffer_bytes=4096&options=" + Uri.EscapeDataString("-c client_min_messages=debug5"));
        var value = new byte[ValueBytes];
        var notices = 0;
        using var subscription = db.Events.Subscribe(happened =>
        {
            if (happened is PgNoticeEvent)
                Interlocked.Increment(ref notices);
        });

        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(
            i => db.QuerySingleAsync<(int, int)>($"select {i}, length({value})", Token).AsTask()));

        Assert.Equal(Enumerable.Range(0, 500).Select(i => (i, ValueBytes)), answers);
        Assert.True(notices > 500, $"{notices}");
    }

    [Fact]
    public async Task Small_command_is_answered_while_a_large_parameter_is_still_leaving()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync("shared_sessions=1&socket_buffer_bytes=4096&max_queued_bytes=256MB");
        var large = new byte[5 << 20];

        var all = Enumerable.Range(0, 6).Select(
            i => i % 2 == 0 ? db.QuerySingleAsync<int>($"select {i}", Token).AsTask() : db.QuerySingleAsync<int>($"select length({large})", Token).AsTask());

        Assert.Equal([0, large.Length, 2, large.Length, 4, large.Length], await Task.WhenAll(all));
    }

    private static void InterlockedMax(ref long most, long value)
    {
        var seen = Volatile.Read(ref most);
        while (value > seen)
        {
            var found = Interlocked.CompareExchange(ref most, value, seen);
            if (found == seen)
                return;
            seen = found;
        }
    }
}
