using System.Text;
using PgActors.Authentication;
using static PgActors.Engine.Tests.Authentication.ScramVectors;

namespace PgActors.Engine.Tests.Authentication;

public sealed class ScramClientTests
{
    [Theory]
    [InlineData("user", "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=", "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")]
    [InlineData("", LibpqProof, LibpqSignature)]
    public void Exchange_of_rfc_7677_is_reproduced(string user, string proof, string signature)
    {
        var client = new ScramClient(ChannelBindingFlag.NotSupported, ClientNonce, userName: user);

        Assert.Equal($"n,,n={user},r={ClientNonce}", Encoding.UTF8.GetString(client.ClientFirst()));
        Assert.Equal(ScramResult.Accepted, client.OnServerFirst(Utf8(ServerFirst)));
        Assert.Equal(Convert.FromBase64String(Salt), client.Salt);
        Assert.Equal(4096, client.Iterations);

        using var keys = ScramKeys.Derive("pencil"u8, client.Salt, client.Iterations);
        Assert.Equal($"c=biws,r={ClientNonce}{ServerNonce},p={proof}", Encoding.UTF8.GetString(client.ClientFinal(keys)));
        Assert.False(client.IsServerVerified);
        Assert.Equal(ScramResult.Accepted, client.OnServerFinal(Utf8("v=" + signature)));
        Assert.True(client.IsServerVerified);
    }

    [Fact]
    public void User_name_is_escaped()
    {
        var client = new ScramClient(ChannelBindingFlag.NotOffered, ClientNonce, userName: "a=b,c");

        Assert.Equal($"y,,n=a=3Db=2Cc,r={ClientNonce}", Encoding.UTF8.GetString(client.ClientFirst()));
    }

    [Theory]
    [InlineData("", ScramFailure.Malformed)]
    [InlineData("r=" + ClientNonce + ",s=" + Salt + ",i=4096", ScramFailure.NonceNotExtended)]
    [InlineData("r=rOprNGfwEbeRWgbNEkq,s=" + Salt + ",i=4096", ScramFailure.NonceInvalid)]
    [InlineData("r=ROprNGfwEbeRWgbNEkqOx,s=" + Salt + ",i=4096", ScramFailure.NonceInvalid)]
    [InlineData("r=,s=" + Salt + ",i=4096", ScramFailure.NonceInvalid)]
    [InlineData("r=" + ClientNonce + "a b,s=" + Salt + ",i=4096", ScramFailure.NonceInvalid)]
    [InlineData("r=" + ClientNonce + "\u007F,s=" + Salt + ",i=4096", ScramFailure.NonceInvalid)]
    [InlineData("r=" + ClientNonce + "\u00E4,s=" + Salt + ",i=4096", ScramFailure.NonceInvalid)]
    [InlineData("r=" + ClientNonce + "x,s=,i=4096", ScramFailure.SaltInvalid)]
    [InlineData("r=" + ClientNonce + "x,s=W22Za,i=4096", ScramFailure.SaltInvalid)]
    [InlineData("r=" + ClientNonce + "x,s=W22ZaJ0SNY7soEsUEjb6gQ,i=4096", ScramFailure.SaltInvalid)]
    [InlineData("r=" + ClientNonce + "x,s=W22Z aJ0S,i=4096", ScramFailure.SaltInvalid)]
    [InlineData("r=" + ClientNonce + "x,s=W22_,i=4096", ScramFailure.SaltInvalid)]
    [InlineData("r=" + ClientNonce + "x,s=" + Salt + ",i=0", ScramFailure.IterationsInvalid)]
    [InlineData("r=" + ClientNonce + "x,s=" + Salt + ",i=-1", ScramFailure.IterationsInvalid)]
    [InlineData("r=" + ClientNonce + "x,s=" + Salt + ",i=+1", ScramFailure.IterationsInvalid)]
    [InlineData("r=" + ClientNonce + "x,s=" + Salt + ",i=04096", ScramFailure.IterationsInvalid)]
    [InlineData("r=" + ClientNonce + "x,s=" + Salt + ",i=", ScramFailure.IterationsInvalid)]
    [InlineData("r=" + ClientNonce + "x,s=" + Salt + ",i=many", ScramFailure.IterationsInvalid)]
    [InlineData("r=" + ClientNonce + "x,s=" + Salt + ",i=4e3", ScramFailure.IterationsInvalid)]
    [InlineData("r=" + ClientNonce + "x,s=" + Salt + ",i=4096\u0000", ScramFailure.IterationsInvalid)]
    [InlineData("r=" + ClientNonce + "x,s=" + Salt + ",i=2147483648", ScramFailure.IterationsInvalid)]
    [InlineData("r=" + ClientNonce + "x,s=" + Salt + ",i=99999999999999999999", ScramFailure.IterationsInvalid)]
    [InlineData("r=" + ClientNonce + "x,s=" + Salt + ",i=100001", ScramFailure.TooManyIterations)]
    [InlineData("r=" + ClientNonce + "x,s=" + Salt + ",i=2147483647", ScramFailure.TooManyIterations)]
    [InlineData("m=x,r=" + ClientNonce + "x,s=" + Salt + ",i=4096", ScramFailure.MandatoryExtension)]
    [InlineData("r=" + ClientNonce + "x,s=" + Salt + ",i=4096,m=x", ScramFailure.Malformed)]
    [InlineData("s=" + Salt + ",r=" + ClientNonce + "x,i=4096", ScramFailure.Malformed)]
    [InlineData("r=" + ClientNonce + "x,i=4096,s=" + Salt, ScramFailure.Malformed)]
    [InlineData("r=" + ClientNonce + "x,s=" + Salt, ScramFailure.Malformed)]
    [InlineData("r=" + ClientNonce + "x,s=" + Salt + ",i=4096,", ScramFailure.Malformed)]
    [InlineData("r=" + ClientNonce + "x,s=" + Salt + ",i=4096,x", ScramFailure.Malformed)]
    [InlineData("r=" + ClientNonce + "x,s=" + Salt + ",i=4096,1=x", ScramFailure.Malformed)]
    [InlineData("R=" + ClientNonce + "x,s=" + Salt + ",i=4096", ScramFailure.Malformed)]
    [InlineData("e=other-error", ScramFailure.Malformed)]
    public void Hostile_server_first_is_refused(string message, ScramFailure expected)
    {
        var client = AtServerFirst();

        var result = client.OnServerFirst(Utf8(message));

        Assert.Equal(expected, result.Failure);
        Assert.NotEmpty(result.Message);
        Assert.Equal(ScramClientPhase.Failed, client.Phase);
        Assert.Empty(client.Salt);
        Assert.Equal(0, client.Iterations);
    }

    [Fact]
    public void Server_first_cut_at_any_byte_is_refused_or_loses_iterations()
    {
        var whole = Utf8(ServerFirst);
        for (var length = 0; length < whole.Length; length++)
        {
            var client = AtServerFirst();
            var isAccepted = client.OnServerFirst(whole.AsSpan(0, length)).IsAccepted;

            // "i=4", "i=40" and "i=409" are whole messages too; the proof then fits no server.
            Assert.Equal(length > whole.Length - 4, isAccepted);
        }
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    [InlineData(3000, false)]
    public void Salt_is_bounded(int bytes, bool isAccepted)
    {
        var message = $"r={ClientNonce}x,s={Convert.ToBase64String(new byte[bytes])},i=4096";

        var result = AtServerFirst().OnServerFirst(Utf8(message));

        Assert.Equal(isAccepted ? ScramFailure.None : ScramFailure.SaltInvalid, result.Failure);
    }

    [Theory]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    public void Nonce_is_bounded(int length, bool isAccepted)
    {
        var message = $"r={ClientNonce.PadRight(length, 'x')},s={Salt},i=4096";

        var result = AtServerFirst().OnServerFirst(Utf8(message));

        Assert.Equal(isAccepted ? ScramFailure.None : ScramFailure.NonceInvalid, result.Failure);
    }

    [Fact]
    public void Whole_message_is_bounded()
    {
        var message = ServerFirst + ",x=" + new string('y', ScramClient.MaxMessageLength);

        Assert.Equal(ScramFailure.Malformed, AtServerFirst().OnServerFirst(Utf8(message)).Failure);
    }

    [Fact]
    public void Optional_extensions_are_ignored()
        => Assert.True(AtServerFirst().OnServerFirst(Utf8(ServerFirst + ",x=1,y=")).IsAccepted);

    [Theory]
    [InlineData(100_000, ScramClient.DefaultMaxIterations, true)]
    [InlineData(100_001, 100_001, true)]
    [InlineData(4096, 4095, false)]
    [InlineData(int.MaxValue, int.MaxValue, true)]
    public void Cap_on_iterations_can_be_set(int iterations, int cap, bool isAccepted)
    {
        var message = $"r={ClientNonce}x,s={Salt},i={iterations}";

        var result = AtServerFirst(cap).OnServerFirst(Utf8(message));

        Assert.Equal(isAccepted ? ScramFailure.None : ScramFailure.TooManyIterations, result.Failure);
    }

    [Theory]
    [InlineData("", ScramFailure.Malformed)]
    [InlineData("v=", ScramFailure.Malformed)]
    [InlineData("v=AAAA", ScramFailure.Malformed)]
    [InlineData("x=" + LibpqSignature, ScramFailure.Malformed)]
    [InlineData("v=" + LibpqSignature + ",", ScramFailure.Malformed)]
    [InlineData("v=" + LibpqSignature + ",m=x", ScramFailure.Malformed)]
    [InlineData("v=3HO6Qt1M4MKJrmlKaoOqLAI0/0TV0HZe7J9H3MBtSOgA", ScramFailure.Malformed)]
    [InlineData("v= " + LibpqSignature, ScramFailure.Malformed)]
    [InlineData("v=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", ScramFailure.SignatureMismatch)]
    [InlineData("v=3HO6Qt1M4MKJrmlKaoOqLAI0/0TV0HZe7J9H3MBtSOk=", ScramFailure.SignatureMismatch)]
    [InlineData("e=invalid-proof", ScramFailure.ServerError)]
    [InlineData("e=\u0007\u001B[31m", ScramFailure.ServerError)]
    public void Hostile_server_final_is_refused(string message, ScramFailure expected)
    {
        var client = AtServerFinal();

        var result = client.OnServerFinal(Utf8(message));

        Assert.Equal(expected, result.Failure);
        Assert.DoesNotContain(result.Message, char.IsControl);
        Assert.Equal(ScramClientPhase.Failed, client.Phase);
        Assert.False(client.IsServerVerified);
    }

    [Fact]
    public void Server_final_cut_at_any_byte_is_refused()
    {
        var whole = Utf8("v=" + LibpqSignature);
        for (var length = 0; length < whole.Length; length++)
            Assert.Equal(ScramFailure.Malformed, AtServerFinal().OnServerFinal(whole.AsSpan(0, length)).Failure);
    }

    [Fact]
    public void Every_bit_of_the_signature_counts()
    {
        var signature = Convert.FromBase64String(LibpqSignature);
        for (var bit = 0; bit < signature.Length * 8; bit++)
        {
            var wrong = (byte[])signature.Clone();
            wrong[bit / 8] ^= (byte)(1 << (bit % 8));

            var result = SharedServerFinal(Convert.ToBase64String(wrong));

            Assert.Equal(ScramFailure.SignatureMismatch, result.Failure);
        }

        Assert.True(SharedServerFinal(LibpqSignature).IsAccepted);
    }

    [Fact]
    public void Second_server_first_is_refused()
    {
        var client = AtServerFirst();
        Assert.True(client.OnServerFirst(Utf8(ServerFirst)).IsAccepted);

        Assert.Equal(ScramFailure.OutOfOrder, client.OnServerFirst(Utf8(ServerFirst)).Failure);
        Assert.Equal(ScramFailure.OutOfOrder, AtServerFinal().OnServerFirst(Utf8(ServerFirst)).Failure);
    }

    [Fact]
    public void Server_final_before_its_time_is_refused()
    {
        var withoutFirst = AtServerFirst();
        var withoutProof = AtServerFirst();
        withoutProof.OnServerFirst(Utf8(ServerFirst));
        var nothingSent = new ScramClient(ChannelBindingFlag.NotSupported, ClientNonce);

        Assert.Equal(ScramFailure.OutOfOrder, withoutFirst.OnServerFinal(Utf8("v=" + LibpqSignature)).Failure);
        Assert.Equal(ScramFailure.OutOfOrder, withoutProof.OnServerFinal(Utf8("v=" + LibpqSignature)).Failure);
        Assert.Equal(ScramFailure.OutOfOrder, nothingSent.OnServerFinal(Utf8("v=" + LibpqSignature)).Failure);
        Assert.Equal(ScramFailure.OutOfOrder, nothingSent.OnServerFirst(Utf8(ServerFirst)).Failure);
    }

    [Fact]
    public void Failed_exchange_stays_failed()
    {
        var client = AtServerFirst();
        client.OnServerFirst(Utf8("nonsense"));

        Assert.Equal(ScramFailure.OutOfOrder, client.OnServerFirst(Utf8(ServerFirst)).Failure);
        Assert.Throws<InvalidOperationException>(() => client.ClientFinal(Keys()));
    }

    [Fact]
    public void Verified_exchange_fails_on_a_second_final()
    {
        var client = AtServerFinal();
        Assert.True(client.OnServerFinal(Utf8("v=" + LibpqSignature)).IsAccepted);

        Assert.Equal(ScramFailure.OutOfOrder, client.OnServerFinal(Utf8("v=" + LibpqSignature)).Failure);
        Assert.False(client.IsServerVerified);
    }

    [Fact]
    public void Own_steps_out_of_order_are_the_callers_bug()
    {
        var client = new ScramClient(ChannelBindingFlag.NotSupported, ClientNonce);
        Assert.Throws<InvalidOperationException>(() => client.ClientFinal(Keys()));
        client.ClientFirst();
        Assert.Throws<InvalidOperationException>(() => client.ClientFirst());
    }

    [Theory]
    [InlineData("")]
    [InlineData("with,comma")]
    [InlineData("with space")]
    [InlineData("ümlaut")]
    public void Bad_client_nonce_is_the_callers_bug(string nonce)
        => Assert.Throws<ArgumentException>(() => new ScramClient(ChannelBindingFlag.NotSupported, nonce));

    [Fact]
    public void Binding_data_goes_with_a_bound_exchange_only()
    {
        Assert.Throws<ArgumentException>(() => new ScramClient(ChannelBindingFlag.Bound, ClientNonce));
        Assert.Throws<ArgumentException>(() => new ScramClient(ChannelBindingFlag.NotSupported, ClientNonce, [1]));
        Assert.Throws<ArgumentException>(() => new ScramClient(ChannelBindingFlag.NotOffered, ClientNonce, [1]));
    }

    private static ScramResult SharedServerFinal(string signature)
    {
        var client = AtServerFirst();
        client.OnServerFirst(Utf8(ServerFirst));
        client.ClientFinal(DerivedOnce);
        return client.OnServerFinal(Utf8("v=" + signature));
    }

    private static readonly ScramKeys DerivedOnce = Keys();
}
