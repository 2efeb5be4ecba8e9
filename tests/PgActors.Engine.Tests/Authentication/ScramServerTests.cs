using System.Text;
using PgActors.Authentication;
using static PgActors.Engine.Tests.Authentication.ScramVectors;

namespace PgActors.Engine.Tests.Authentication;

public sealed class ScramServerTests
{
    private static readonly byte[] Certificate = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly ScramSecret Secret = ScramSecret.FromPassword("pencil"u8, Convert.FromBase64String(Salt), 4096);

    [Fact]
    public void Plain_exchange_verifies_both_sides()
    {
        var client = new ScramClient(ChannelBindingFlag.NotSupported, ClientNonce);
        var server = new ScramServer(Secret, ServerNonce);

        Assert.True(server.OnClientFirst("SCRAM-SHA-256", client.ClientFirst(), out var serverFirst).IsAccepted);
        Assert.Equal(ServerFirst, Encoding.UTF8.GetString(serverFirst));
        Assert.True(client.OnServerFirst(serverFirst).IsAccepted);
        Assert.True(server.OnClientFinal(client.ClientFinal(Keys()), out var serverFinal).IsAccepted);
        Assert.Equal("v=" + LibpqSignature, Encoding.UTF8.GetString(serverFinal));
        Assert.True(client.OnServerFinal(serverFinal).IsAccepted);
        Assert.True(server.IsClientVerified);
        Assert.True(client.IsServerVerified);
    }

    [Fact]
    public void Bound_exchange_verifies_both_sides()
    {
        var client = new ScramClient(ChannelBindingFlag.Bound, ClientNonce, Certificate);
        var server = new ScramServer(Secret, ServerNonce, Certificate);

        Assert.Equal(["SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"], server.Mechanisms);
        Assert.Equal(SaslMechanism.ScramSha256Plus, client.Mechanism);
        Assert.True(server.OnClientFirst("SCRAM-SHA-256-PLUS", client.ClientFirst(), out var serverFirst).IsAccepted);
        Assert.True(client.OnServerFirst(serverFirst).IsAccepted);
        var clientFinal = client.ClientFinal(Keys());
        var binding = Convert.ToBase64String([.. "p=tls-server-end-point,,"u8, .. Certificate]);
        Assert.StartsWith($"c={binding},r={ClientNonce}{ServerNonce},p=", Encoding.UTF8.GetString(clientFinal), StringComparison.Ordinal);
        Assert.True(server.OnClientFinal(clientFinal, out var serverFinal).IsAccepted);
        Assert.True(client.OnServerFinal(serverFinal).IsAccepted);
    }

    [Fact]
    public void Another_certificate_is_detected()
    {
        var client = new ScramClient(ChannelBindingFlag.Bound, ClientNonce, [.. Certificate.Reverse()]);
        var server = new ScramServer(Secret, ServerNonce, Certificate);
        server.OnClientFirst("SCRAM-SHA-256-PLUS", client.ClientFirst(), out var serverFirst);
        client.OnServerFirst(serverFirst);

        var result = server.OnClientFinal(client.ClientFinal(Keys()), out var serverFinal);

        Assert.Equal(ScramFailure.ChannelBindingMismatch, result.Failure);
        Assert.Empty(serverFinal);
    }

    [Theory]
    [InlineData(ChannelBindingFlag.NotOffered, "SCRAM-SHA-256", true, ScramFailure.ChannelBindingMismatch)]
    [InlineData(ChannelBindingFlag.NotOffered, "SCRAM-SHA-256", false, ScramFailure.None)]
    [InlineData(ChannelBindingFlag.NotSupported, "SCRAM-SHA-256", true, ScramFailure.None)]
    [InlineData(ChannelBindingFlag.NotSupported, "SCRAM-SHA-256-PLUS", true, ScramFailure.ChannelBindingMismatch)]
    [InlineData(ChannelBindingFlag.Bound, "SCRAM-SHA-256", true, ScramFailure.ChannelBindingMismatch)]
    [InlineData(ChannelBindingFlag.Bound, "SCRAM-SHA-256-PLUS", false, ScramFailure.ChannelBindingMismatch)]
    [InlineData(ChannelBindingFlag.NotSupported, "PLAIN", false, ScramFailure.Malformed)]
    public void Flag_is_checked_against_the_channel(ChannelBindingFlag flag, string mechanism, bool isBindable, ScramFailure expected)
    {
        var client = new ScramClient(flag, ClientNonce, flag == ChannelBindingFlag.Bound ? Certificate : []);
        var server = new ScramServer(Secret, ServerNonce, isBindable ? Certificate : []);

        Assert.Equal(expected, server.OnClientFirst(mechanism, client.ClientFirst(), out _).Failure);
    }

    [Fact]
    public void Wrong_password_is_detected()
    {
        var client = new ScramClient(ChannelBindingFlag.NotSupported, ClientNonce);
        var server = new ScramServer(Secret, ServerNonce);
        server.OnClientFirst("SCRAM-SHA-256", client.ClientFirst(), out var serverFirst);
        client.OnServerFirst(serverFirst);
        using var keys = ScramKeys.Derive("pen"u8, client.Salt, client.Iterations);

        Assert.Equal(ScramFailure.ProofMismatch, server.OnClientFinal(client.ClientFinal(keys), out _).Failure);
        Assert.False(server.IsClientVerified);
    }

    [Theory]
    [InlineData("", ScramFailure.Malformed)]
    [InlineData(",,n=,r=abc", ScramFailure.Malformed)]
    [InlineData("x,,n=,r=abc", ScramFailure.Malformed)]
    [InlineData("n,a=admin,n=,r=abc", ScramFailure.Malformed)]
    [InlineData("p=tls-exporter,,n=,r=abc", ScramFailure.Malformed)]
    [InlineData("n,,m=x,n=,r=abc", ScramFailure.MandatoryExtension)]
    [InlineData("n,,r=abc,n=", ScramFailure.Malformed)]
    [InlineData("n,,n=", ScramFailure.Malformed)]
    [InlineData("n,,n=,r=", ScramFailure.NonceInvalid)]
    [InlineData("n,,n=,r=a b", ScramFailure.NonceInvalid)]
    public void Malformed_client_first_is_refused(string message, ScramFailure expected)
        => Assert.Equal(expected, new ScramServer(Secret, ServerNonce).OnClientFirst("SCRAM-SHA-256", Utf8(message), out _).Failure);

    [Fact]
    public void Client_final_cut_at_any_byte_is_refused()
    {
        var whole = Utf8($"c=biws,r={ClientNonce}{ServerNonce},p={LibpqProof}");
        for (var length = 0; length < whole.Length; length++)
            Assert.Equal(ScramFailure.Malformed, AtClientFinal().OnClientFinal(whole.AsSpan(0, length), out _).Failure);
        Assert.True(AtClientFinal().OnClientFinal(whole, out _).IsAccepted);
    }

    [Theory]
    [InlineData("c=biws,r=" + ClientNonce + ",p=" + LibpqProof, ScramFailure.NonceInvalid)]
    [InlineData("c=eSws,r=" + ClientNonce + ServerNonce + ",p=" + LibpqProof, ScramFailure.ChannelBindingMismatch)]
    [InlineData("c=!!!!,r=" + ClientNonce + ServerNonce + ",p=" + LibpqProof, ScramFailure.ChannelBindingMismatch)]
    [InlineData("c=biws,r=" + ClientNonce + ServerNonce + ",x=1,p=" + LibpqProof, ScramFailure.ProofMismatch)]
    public void Altered_client_final_is_refused(string message, ScramFailure expected)
        => Assert.Equal(expected, AtClientFinal().OnClientFinal(Utf8(message), out _).Failure);

    [Fact]
    public void Messages_out_of_order_are_refused()
    {
        Assert.Equal(ScramFailure.OutOfOrder, new ScramServer(Secret, ServerNonce).OnClientFinal("c=biws"u8, out _).Failure);
        Assert.Equal(ScramFailure.OutOfOrder, AtClientFinal().OnClientFirst("SCRAM-SHA-256", "n,,n=,r=abc"u8, out _).Failure);
    }

    [Fact]
    public void Overlong_messages_are_refused()
    {
        var overlong = Utf8("n,,n=,r=abc,x=" + new string('x', ScramServer.MaxMessageLength));

        Assert.Equal(ScramFailure.Malformed, new ScramServer(Secret, ServerNonce).OnClientFirst("SCRAM-SHA-256", overlong, out _).Failure);
        Assert.Equal(ScramFailure.Malformed, AtClientFinal().OnClientFinal(overlong, out _).Failure);
    }

    private static ScramServer AtClientFinal()
    {
        var server = new ScramServer(Secret, ServerNonce);
        Assert.True(server.OnClientFirst("SCRAM-SHA-256", Utf8($"n,,n=,r={ClientNonce}"), out _).IsAccepted);
        return server;
    }
}
