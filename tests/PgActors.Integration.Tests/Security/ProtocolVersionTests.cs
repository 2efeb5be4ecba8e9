using System.Buffers.Binary;

namespace PgActors.Integration.Tests.Security;

public sealed class ProtocolVersionTests(TestServers servers)
{
    private const byte BackendKeyData = (byte)'K';
    private const byte NegotiateProtocolVersion = (byte)'v';

    // Length, process and a key of 4 bytes, or of 32 as PostgreSQL 18 makes it for protocol 3.2.
    private const int ShortKeyMessage = 12;
    private const int LongKeyMessage = 40;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(18, null, 2, false, LongKeyMessage)]
    [InlineData(18, "max_protocol_version=3.0", 0, false, ShortKeyMessage)]
    [InlineData(18, "min_protocol_version=3.2", 2, false, LongKeyMessage)]
    [InlineData(17, null, 2, true, ShortKeyMessage)]
    [InlineData(15, null, 2, true, ShortKeyMessage)]
    [InlineData(15, "max_protocol_version=3.0", 0, false, ShortKeyMessage)]
    public async Task Newest_version_that_both_allow_is_spoken(int major, string? option, int askedMinor, bool negotiates, int keyMessage)
    {
        var connector = new RecordingConnector();
        await using var db = await servers.OpenAsync(
            major, $"sslmode=disable&shared_sessions=1&{option}".TrimEnd('&'), new PgDatabaseSettings { Connector = connector });

        var session = Assert.Single(connector.Connections);
        Assert.Equal((3 << 16) + askedMinor, BinaryPrimitives.ReadInt32BigEndian(session.Sent.AsSpan(4)));
        var answers = Messages(session.Received);
        Assert.Equal(negotiates, answers.ContainsKey(NegotiateProtocolVersion));
        Assert.Equal(keyMessage, answers[BackendKeyData].Length);

        // The key is good for what it is for.
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var marker = $"/* {major} {option} */";
        var endless = db.ExecuteAsync("select pg_sleep(600) " + marker, cancellation.Token);
        await servers.UntilRunningAsync(marker, major: major);
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<PgCanceledException>(async () => await endless);
        Assert.Equal(1, await db.QuerySingleAsync<int>("select 1", Token));

        // Length, code, then process and key as they came.
        var cancel = connector.Connections.ElementAt(1).Sent;
        Assert.Equal(answers[BackendKeyData][sizeof(int)..], cancel[(2 * sizeof(int))..]);
    }

    [Fact]
    public async Task Server_that_is_too_old_for_the_wanted_version_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<PgConnectionException>(() => servers.OpenAsync(15, "min_protocol_version=3.2"));

        Assert.Equal(Sessions.SessionFailureKind.PolicyRefused, refusal.Kind);
        Assert.Contains("speaks protocol 3.0 at most", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("min_protocol_version", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>The last message of each type that a server sent, its length word included.</summary>
    private static Dictionary<byte, byte[]> Messages(byte[] received)
    {
        var messages = new Dictionary<byte, byte[]>();
        for (var at = 0; at + 5 <= received.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(received.AsSpan(at + 1));
            messages[received[at]] = received[(at + 1)..(at + 1 + length)];
            at += 1 + length;
        }

        return messages;
    }
}
