using PgActors.Protocol;

namespace PgActors.Engine.Tests.Protocol;

/// <summary>Every message of a client, its bytes written by hand from the documentation's layouts.</summary>
internal static class FrontendSamples
{
    public static IReadOnlyList<MessageSample> All { get; } =
    [
        Startup(new StartupMessage(
                ProtocolVersion.Version32,
                [new("user", "postgres"), new("database", "postgres"), new("client_encoding", "UTF8")]),
            "0000003e 00030002 7573657200 706f73746772657300 646174616261736500 706f73746772657300 "
            + "636c69656e745f656e636f64696e6700 5554463800 00"),
        Startup(new StartupMessage(ProtocolVersion.Version30, []), "00000009 00030000 00"),
        Startup(new SslRequest(), "00000008 04d2162f"),
        Startup(new GssEncRequest(), "00000008 04d21630"),
        Startup(new CancelRequest(77, [9]), "0000000d 04d2162e 0000004d 09") with { OpenFrom = 9 },
        Startup(new CancelRequest(77, [1, 2, 3, 4]), "00000010 04d2162e 0000004d 01020304") with { OpenFrom = 9 },
        new(new PasswordMessage("md5b9b2eab2d138d2c83bd7c2d2be572f51"), "70 00000028 'md5b9b2eab2d138d2c83bd7c2d2be572f51' 00")
        {
            Phase = FrontendPhase.Password,
        },
        new(new GssResponse([0x60, 0x00]), "70 00000006 6000") { Phase = FrontendPhase.Gss, OpenFrom = 0 },
        new(new SaslInitialResponse("SCRAM-SHA-256", [.. "n,,n=,r=x"u8]), "70 0000001f 'SCRAM-SHA-256' 00 00000009 'n,,n=,r=x'")
        {
            Phase = FrontendPhase.SaslInitial,
            Lengths = [14],
        },
        new(new SaslInitialResponse("X", null), "70 0000000a 'X' 00 ffffffff") { Phase = FrontendPhase.SaslInitial },
        new(new SaslResponse([.. "c=biws"u8]), "70 0000000a 'c=biws'") { Phase = FrontendPhase.Sasl, OpenFrom = 0 },
        Session(new Bind("p", "s", [DataFormat.Binary], [(WireArray<byte>)[0, 0, 0, 7], null], [DataFormat.Text, DataFormat.Binary]),
            "42 00000020 'p' 00 's' 00 0001 0001 0002 00000004 00000007 ffffffff 0002 0000 0001") with
        {
            Counts = [4, 8, 22],
            Lengths = [10],
        },
        Session(new Bind("", "", [], [], []), "42 0000000c 00 00 0000 0000 0000") with { Counts = [2, 4, 6] },
        Session(new Close(StatementOrPortal.Statement, "s1"), "43 00000008 'S' 's1' 00"),
        Session(new Close(StatementOrPortal.Portal, ""), "43 00000006 'P' 00"),
        Session(new CopyData([1, 2]), "64 00000006 0102") with { OpenFrom = 0 },
        Session(new CopyDone(), "63 00000004"),
        Session(new CopyFail("stop"), "66 00000009 'stop' 00"),
        Session(new Describe(StatementOrPortal.Statement, ""), "44 00000006 'S' 00"),
        Session(new Describe(StatementOrPortal.Portal, "p"), "44 00000007 'P' 'p' 00"),
        Session(new Execute("", 0), "45 00000009 00 00000000"),
        Session(new Execute("p", 500), "45 0000000a 'p' 00 000001f4"),
        Session(new Flush(), "48 00000004"),
        Session(new FunctionCall(1299, [DataFormat.Text], [(WireArray<byte>)[0x31]], DataFormat.Binary),
            "46 00000015 00000513 0001 0000 0001 00000001 '1' 0001") with
        {
            Counts = [4, 8],
            Lengths = [10],
        },
        Session(new Parse("s1", "select $1", [23]), "50 00000017 's1' 00 'select $1' 00 0001 00000017") with { Counts = [13] },
        Session(new Parse("", "", []), "50 00000008 00 00 0000") with { Counts = [2] },
        Session(new Query("select 1"), "51 0000000d 'select 1' 00"),
        Session(new Query("\u00fc"), "51 00000007 c3bc 00"),
        Session(new Sync(), "53 00000004"),
        Session(new Terminate(), "58 00000004"),
    ];

    private static MessageSample Startup(IFrontendMessage message, string golden)
        => new(message, golden) { Phase = FrontendPhase.Startup };

    private static MessageSample Session(IFrontendMessage message, string golden)
        => new(message, golden) { Phase = FrontendPhase.Session };
}
