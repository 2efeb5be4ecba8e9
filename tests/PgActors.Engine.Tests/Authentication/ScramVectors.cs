using System.Text;
using PgActors.Authentication;

namespace PgActors.Engine.Tests.Authentication;

/// <summary>The example exchange of RFC 7677 section 3, and the same with the empty user name that libpq sends.</summary>
internal static class ScramVectors
{
    public const string Password = "pencil";
    public const string ClientNonce = "rOprNGfwEbeRWgbNEkqO";
    public const string ServerNonce = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    public const string Salt = "W22ZaJ0SNY7soEsUEjb6gQ==";
    public const string ServerFirst = "r=" + ClientNonce + ServerNonce + ",s=" + Salt + ",i=4096";
    public const string LibpqProof = "qvT2SWdEH5Q06albL+hjSYuUhCG7VndFyzIb7CK4n9k=";
    public const string LibpqSignature = "3HO6Qt1M4MKJrmlKaoOqLAI0/0TV0HZe7J9H3MBtSOg=";

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static ScramKeys Keys() => ScramKeys.Derive("pencil"u8, Convert.FromBase64String(Salt), 4096);

    /// <summary>A client that sent its first message.</summary>
    public static ScramClient AtServerFirst(int maxIterations = ScramClient.DefaultMaxIterations)
    {
        var client = new ScramClient(ChannelBindingFlag.NotSupported, ClientNonce, maxIterations: maxIterations);
        client.ClientFirst();
        return client;
    }

    /// <summary>A client that sent its proof.</summary>
    public static ScramClient AtServerFinal()
    {
        var client = AtServerFirst();
        Assert.True(client.OnServerFirst(Utf8(ServerFirst)).IsAccepted);
        client.ClientFinal(Keys());
        return client;
    }
}
