using PgActors.Protocol;

namespace PgActors.Actors.Tests.Scripted;

/// <summary>The messages that tests of the model server send most.</summary>
internal static class ModelPipeline
{
    public static Parse Parse(string sql, string name = "", params uint[] types) => new(name, sql, WireArray.Adopt(types));

    public static Bind Bind(string statement = "", string portal = "", params WireArray<byte>?[] values)
        => new(portal, statement, [], WireArray.Adopt(values), []);

    public static Describe DescribePortal(string name = "") => new(StatementOrPortal.Portal, name);

    public static Describe DescribeStatement(string name = "") => new(StatementOrPortal.Statement, name);

    public static Execute Execute(int maxRows = 0, string portal = "") => new(portal, maxRows);

    public static Sync Sync() => default;

    /// <summary>A whole statement without parameters, and its Sync.</summary>
    public static IFrontendMessage[] Run(string sql) => [Parse(sql), Bind(), Execute(), Sync()];

    public static CommandComplete Complete(string verb, long? rows = null) => new(new CommandTag(verb, rows));

    public static ReadyForQuery Ready(TransactionStatus status = TransactionStatus.Idle) => new(status);

    public static DataRow Row(params string?[] values)
        => new(WireArray.Adopt(values.Select(value => value is null ? (WireArray<byte>?)null : WireClient.Text(value)).ToArray()));
}
