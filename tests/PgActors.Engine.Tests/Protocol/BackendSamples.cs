using PgActors.Protocol;
using PgActors.Rows;

namespace PgActors.Engine.Tests.Protocol;

/// <summary>Every message of a server, its bytes written by hand from the documentation's layouts.</summary>
internal static class BackendSamples
{
    private static readonly PgError FullError = new()
    {
        LocalizedSeverity = "FEHLER",
        Severity = "ERROR",
        SqlState = "23505",
        Message = "dup",
        Detail = "d",
        Hint = "h",
        Where = "w",
        SchemaName = "s",
        TableName = "t",
        ColumnName = "c",
        DataTypeName = "y",
        ConstraintName = "n",
        Position = 15,
        InternalPosition = 2,
        InternalQuery = "q",
        File = "f",
        Line = "42",
        Routine = "r",
    };

    public static IReadOnlyList<MessageSample> All { get; } =
    [
        new(new AuthenticationOk(), "52 00000008 00000000"),
        new(new AuthenticationKerberosV4(), "52 00000008 00000001"),
        new(new AuthenticationKerberosV5(), "52 00000008 00000002"),
        new(new AuthenticationCleartextPassword(), "52 00000008 00000003"),
        new(new AuthenticationCryptPassword([0x61, 0x62]), "52 0000000a 00000004 6162"),
        new(new AuthenticationMd5Password([1, 2, 3, 4]), "52 0000000c 00000005 01020304"),
        new(new AuthenticationScmCredential(), "52 00000008 00000006"),
        new(new AuthenticationGss(), "52 00000008 00000007"),
        new(new AuthenticationGssContinue([0x60, 0x00, 0xff]), "52 0000000b 00000008 6000ff") { OpenFrom = 4 },
        new(new AuthenticationSspi(), "52 00000008 00000009"),
        new(new AuthenticationSasl(["SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"]),
            "52 0000002a 0000000a 'SCRAM-SHA-256-PLUS' 00 'SCRAM-SHA-256' 00 00"),
        new(new AuthenticationSasl([]), "52 00000009 0000000a 00"),
        new(new AuthenticationSaslContinue([.. "r=x,s=eA==,i=4096"u8]), "52 00000019 0000000b 'r=x,s=eA==,i=4096'") { OpenFrom = 4 },
        new(new AuthenticationSaslContinue([]), "52 00000008 0000000b") { OpenFrom = 4 },
        new(new AuthenticationSaslFinal([.. "v=eA=="u8]), "52 0000000e 0000000c 'v=eA=='") { OpenFrom = 4 },
        new(new BackendKeyData(0x01020304, [0xde, 0xad, 0xbe, 0xef]), "4b 0000000c 01020304 deadbeef") { OpenFrom = 8 },
        new(new BackendKeyData(-1, [0, 1, 2, 3, 4, 5]), "4b 0000000e ffffffff 000102030405") { OpenFrom = 8 },
        new(new BindComplete(), "32 00000004"),
        new(new CloseComplete(), "33 00000004"),
        new(new CommandComplete(new CommandTag("SELECT", 42)), "43 0000000e 'SELECT 42' 00"),
        new(new CommandComplete(new CommandTag("INSERT", 3)), "43 0000000f 'INSERT 0 3' 00"),
        new(new CommandComplete(new CommandTag("CREATE TABLE", null)), "43 00000011 'CREATE TABLE' 00"),
        new(new CommandComplete(new CommandTag("COPY", long.MaxValue)), "43 0000001d 'COPY 9223372036854775807' 00"),
        new(new CopyBothResponse(DataFormat.Text, []), "57 00000007 00 0000") { Counts = [1] },
        new(new CopyData([.. "1\ta\n"u8]), "64 00000008 3109610a") { OpenFrom = 0 },
        new(new CopyDone(), "63 00000004"),
        new(new CopyInResponse(DataFormat.Text, [DataFormat.Text, DataFormat.Text]), "47 0000000b 00 0002 0000 0000") { Counts = [1] },
        new(new CopyOutResponse(DataFormat.Binary, [DataFormat.Binary]), "48 00000009 01 0001 0001") { Counts = [1] },
        new(new DataRow([[.. "ab"u8], null, (WireArray<byte>)[]]), "44 00000014 0003 00000002 'ab' ffffffff 00000000")
        {
            Counts = [0],
            Lengths = [2],
        },
        new(new DataRow([]), "44 00000006 0000") { Counts = [0] },
        new(new EmptyQueryResponse(), "49 00000004"),
        new(new ErrorResponse(FullError),
            "45 0000004c 'SFEHLER' 00 'VERROR' 00 'C23505' 00 'Mdup' 00 'Dd' 00 'Hh' 00 'Ww' 00 'ss' 00 'tt' 00 'cc' 00 'dy' 00 'nn' 00"
            + "'P15' 00 'p2' 00 'qq' 00 'Ff' 00 'L42' 00 'Rr' 00 00"),
        new(new ErrorResponse(new PgError()), "45 00000005 00"),
        new(new FunctionCallResponse((WireArray<byte>)[1, 2]), "56 0000000a 00000002 0102") { Lengths = [0] },
        new(new FunctionCallResponse(null), "56 00000008 ffffffff"),
        new(new NegotiateProtocolVersion(ProtocolVersion.Version32, ["_pq_.test_protocol_negotiation", "_pq_.foo"]),
            "76 00000034 00030002 00000002 5f70715f2e746573745f70726f746f636f6c5f6e65676f74696174696f6e00 5f70715f2e666f6f00")
        {
            Lengths = [4],
        },
        new(new NoData(), "6e 00000004"),
        new(new NoticeResponse(new PgError { Severity = "NOTICE", SqlState = "00000", Message = "hi" }),
            "4e 00000018 'VNOTICE' 00 'C00000' 00 'Mhi' 00 00"),
        new(new NotificationResponse(77, "prices", "eur"), "41 00000013 0000004d 'prices' 00 'eur' 00"),
        new(new NotificationResponse(77, "prices", ""), "41 00000010 0000004d 'prices' 00 00"),
        new(new ParameterDescription([23, 25]), "74 0000000e 0002 00000017 00000019") { Counts = [0] },
        new(new ParameterDescription([]), "74 00000006 0000") { Counts = [0] },
        new(new ParameterStatus("TimeZone", "UTC"), "53 00000011 'TimeZone' 00 'UTC' 00"),
        new(new ParseComplete(), "31 00000004"),
        new(new PortalSuspended(), "73 00000004"),
        new(new ReadyForQuery(TransactionStatus.Idle), "5a 00000005 49"),
        new(new ReadyForQuery(TransactionStatus.InTransaction), "5a 00000005 54"),
        new(new ReadyForQuery(TransactionStatus.Failed), "5a 00000005 45"),
        new(new RowDescription(
            [
                new ColumnDescription("id", 16385, 1, 23, 4, -1, DataFormat.Binary),
                new ColumnDescription("ctid", 16385, -1, 27, 6, -1, DataFormat.Text),
            ]),
            "54 00000032 0002 'id' 00 00004001 0001 00000017 0004 ffffffff 0001 'ctid' 00 00004001 ffff 0000001b 0006 ffffffff 0000")
        {
            Counts = [0],
        },
        new(new RowDescription([]), "54 00000006 0000") { Counts = [0] },
    ];
}
