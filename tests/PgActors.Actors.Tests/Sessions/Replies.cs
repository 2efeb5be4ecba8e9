using System.Text;
using PgActors.Protocol;
using PgActors.Rows;
using PgActors.Types;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>What a server says most.</summary>
internal static class Replies
{
    private const int ProcessId = 4711;

    /// <summary>A start-up without a password, from its first message to its last.</summary>
    public static IReadOnlyList<IBackendMessage> Welcome { get; } =
    [
        new AuthenticationOk(),
        new ParameterStatus("server_version", "18.4"),
        new BackendKeyData(ProcessId, WireArray.Adopt(new byte[32])),
        new ReadyForQuery(TransactionStatus.Idle),
    ];

    /// <summary>A statement with one column and two rows, from its first message to its last.</summary>
    public static IReadOnlyList<IBackendMessage> TwoRows { get; } =
    [
        new ParseComplete(),
        new BindComplete(),
        new RowDescription(WireArray.Adopt(new[] { new ColumnDescription("name", 0, 0, PgTypeOid.Text, -1, -1, DataFormat.Binary) })),
        Row("one"),
        Row("two"),
        new CommandComplete(new CommandTag("SELECT", 2)),
        new ReadyForQuery(TransactionStatus.Idle),
    ];

    public static ErrorResponse Error(string sqlState) => new(Say("ERROR", sqlState));

    public static NoticeResponse Notice { get; } = new(Say("NOTICE", SqlStates.SuccessfulCompletion));

    public static ReadyForQuery Ready => new(TransactionStatus.Idle);

    private static PgError Say(string severity, string sqlState) =>
        new() { Severity = severity, LocalizedSeverity = severity, SqlState = sqlState, Message = "as told" };

    private static DataRow Row(string value) =>
        new(WireArray.Adopt(new WireArray<byte>?[] { WireArray.Adopt(Encoding.UTF8.GetBytes(value)) }));
}
