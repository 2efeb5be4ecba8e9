using System.Runtime.CompilerServices;
using PgActors.Statements;
using PgActors.Types;

namespace PgActors.Streams.Tests.Statements;

[Collection(RunAlone.Name)]
public sealed class PgSqlHandlerTests : IAsyncDisposable
{
    private const int PooledBuffers = 1024;

    private static readonly DateTime Noon = new(2026, 1, 2, 12, 0, 0, DateTimeKind.Unspecified);

    private readonly PgDatabase _db = UnconnectedDatabase.Create();

    public ValueTask DisposeAsync() => _db.DisposeAsync();

    [Fact]
    public void Values_become_numbered_parameters()
    {
        var command = Command(_db, $"select {1}, {"two"} where {3L} > 0");

        Assert.Equal("select $1, $2 where $3 > 0", command.Statement.Text);
        Assert.Equal([PgTypeOid.Int4, PgTypeOid.Text, PgTypeOid.Int8], command.Statement.ParameterTypes.ToArray());
        Assert.Equal(3, command.Parameters!.Count);
        Assert.Equal(
            [0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0, 3, (byte)'t', (byte)'w', (byte)'o', 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 3],
            command.Parameters.Memory.ToArray());
        command.Parameters.Return();
    }

    [Fact]
    public void Hostile_value_stays_a_value()
    {
        var command = Command(_db, $"select * from t where name = {"'; drop table t; --"}");

        Assert.Equal("select * from t where name = $1", command.Statement.Text);
        command.Parameters!.Return();
    }

    [Fact]
    public void Same_place_in_the_program_gives_the_same_statement_for_all_values()
    {
        var statements = Enumerable.Range(0, 3).Select(i =>
        {
            var command = Command(_db, $"select {i} + {i * 2L}");
            command.Parameters!.Return();
            return command.Statement;
        }).ToArray();

        Assert.All(statements, statement => Assert.Same(statements[0], statement));
    }

    [Fact]
    public void Value_decides_the_type_where_one_dotnet_type_stands_for_several()
    {
        PgCommand At(DateTime time) => Command(_db, $"select {time} as moment");

        var local = At(Noon);
        var utc = At(DateTime.SpecifyKind(Noon, DateTimeKind.Utc));

        Assert.Equal([PgTypeOid.Timestamp], local.Statement.ParameterTypes.ToArray());
        Assert.Equal([PgTypeOid.TimestampTz], utc.Statement.ParameterTypes.ToArray());
        Assert.NotSame(local.Statement, utc.Statement);
        local.Parameters!.Return();
        utc.Parameters!.Return();
    }

    [Fact]
    public void Null_is_a_length_of_minus_one_and_keeps_its_type()
    {
        string? text = null;
        int? number = null;

        var command = Command(_db, $"select {text}, {number}");

        Assert.Equal([PgTypeOid.Text, PgTypeOid.Int4], command.Statement.ParameterTypes.ToArray());
        Assert.Equal([255, 255, 255, 255, 255, 255, 255, 255], command.Parameters!.Memory.ToArray());
        Assert.Equal(2, command.Parameters.Count);
        command.Parameters.Return();
    }

    [Fact]
    public void Null_and_value_of_a_nullable_type_share_a_statement()
    {
        PgCommand Of(int? number) => Command(_db, $"select {number} as number");

        var (empty, full) = (Of(null), Of(7));

        Assert.Same(empty.Statement, full.Statement);
        empty.Parameters!.Return();
        full.Parameters!.Return();
    }

    [Fact]
    public void Identifiers_go_into_the_text_and_parameters_go_on_counting()
    {
        PgCommand From(string table) =>
            Command(_db, $"select {1} from {new PgIdentifier("shop", table)} where {new PgIdentifier("x\"y")} = {"b"} limit {5}");

        var command = From("orders");

        Assert.Equal("select $1 from \"shop\".\"orders\" where \"x\"\"y\" = $2 limit $3", command.Statement.Text);
        Assert.Equal([PgTypeOid.Int4, PgTypeOid.Text, PgTypeOid.Int4], command.Statement.ParameterTypes.ToArray());
        Assert.Equal(3, command.Parameters!.Count);
        Assert.Same(command.Statement, From("orders").Statement);
        Assert.NotSame(command.Statement, From("customers").Statement);
    }

    [Fact]
    public void Identifier_at_the_beginning_works_too() =>
        Assert.Equal("\"f\"($1)", Command(_db, $"{new PgIdentifier("f")}({1})").Statement.Text);

    [Fact]
    public void Value_of_an_unknown_type_is_refused_by_name()
    {
        var refused = Assert.Throws<PgUsageException>(() => Command(_db, $"select {new Version(1, 2)}"));

        Assert.Contains("System.Version", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Outcome.NotSent, refused.Outcome);
    }

    [Fact]
    public void Value_without_a_form_in_PostgreSQL_is_refused_by_number()
    {
        var refused = Assert.Throws<PgUsageException>(() => Command(_db, $"select {1}, {"nul \0 inside"}"));

        Assert.StartsWith("Parameter $2 ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("inside", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Refused_value_gives_its_buffer_back(bool isUnknownType)
    {
        using var mine = new OnlyBuffer();

        Assert.Throws<PgUsageException>(() =>
            isUnknownType ? Command(_db, $"select {1}, {new Version(1, 2)}") : Command(_db, $"select {1}, {"\0"}"));

        var again = ParameterBuffer.Rent();
        Assert.Same(mine.Buffer, again);
        Assert.Equal(0, again.Count);
        Assert.True(again.Memory.IsEmpty);
    }

    [Fact]
    public void Refused_statement_gives_its_buffer_back_and_is_not_sent()
    {
        using var mine = new OnlyBuffer();

        var refused = Assert.Throws<PgUsageException>(() => { _ = _db.Query<int>($"set work_mem = {1}"); });

        Assert.Contains("changes its session", refused.Message, StringComparison.Ordinal);
        Assert.Same(mine.Buffer, ParameterBuffer.Rent());
    }

    [Theory]
    [InlineData("begin")]
    [InlineData(" /* first */ COMMIT")]
    [InlineData("-- first\nrollback")]
    [InlineData("listen x")]
    [InlineData("reset all")]
    [InlineData("copy t from stdin")]
    public async Task Statement_that_a_shared_session_must_not_carry_is_refused(string sql)
    {
        var refused = await Assert.ThrowsAsync<PgUsageException>(
            async () => await _db.ExecuteAsync(sql, TestContext.Current.CancellationToken));

        Assert.Equal(Outcome.NotSent, refused.Outcome);
        Assert.Contains(sql, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_whose_token_is_cancelled_already_is_not_sent()
    {
        var canceled = await Assert.ThrowsAsync<PgCanceledException>(
            async () => await _db.ExecuteAsync($"select {1}", new CancellationToken(true)));

        Assert.Equal(Outcome.NotSent, canceled.Outcome);
    }

    [Fact]
    public void Query_keeps_its_own_copy_of_the_parameters()
    {
        using var mine = new OnlyBuffer();

        var query = _db.Query<int>($"select {7} as own");

        Assert.Same(mine.Buffer, ParameterBuffer.Rent());
        Assert.Equal([0, 0, 0, 4, 0, 0, 0, 7], query.Plan.Parameters.ToArray());
        Assert.Equal(1, query.Plan.ParameterCount);
        Assert.Equal("select $1 as own", query.ToString());
    }

    private static PgCommand Command(PgDatabase database, [InterpolatedStringHandlerArgument(nameof(database))] ref PgSqlHandler sql)
    {
        Assert.NotNull(database);
        return sql.ToCommand();
    }

    /// <summary>Empties the pool of buffers and leaves one in it.</summary>
    private sealed class OnlyBuffer : IDisposable
    {
        private readonly ParameterBuffer[] _others = [.. Enumerable.Range(0, PooledBuffers).Select(_ => ParameterBuffer.Rent())];

        public OnlyBuffer() => Buffer.Return();

        public ParameterBuffer Buffer { get; } = ParameterBuffer.Rent();

        public void Dispose()
        {
            foreach (var other in _others)
                other.Return();
        }
    }
}
