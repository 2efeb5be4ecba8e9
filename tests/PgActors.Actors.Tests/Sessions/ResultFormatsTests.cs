using PgActors.Protocol;
using PgActors.Rows;
using PgActors.Sessions;
using PgActors.Types;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>What is asked for of a statement, as the knowledge of its columns and their types grows.</summary>
public sealed class ResultFormatsTests
{
    private const uint StrangeType = 123_456;

    private static readonly SqlStatement Statement = new("select something");

    [Fact]
    public void Statement_that_nobody_described_is_asked_for_in_binary_and_not_sure()
    {
        var formats = new ResultFormats();
        Assert.True(formats.For(Statement).IsEmpty);
        Assert.False(formats.IsSure(Statement));
    }

    [Fact]
    public void Built_in_types_are_sure()
    {
        var formats = new ResultFormats();
        Assert.False(HasText(formats.Choose(Statement, LayoutOf(PgTypeOid.Int4, PgTypeOid.Text), isFinal: true)));
        Assert.True(formats.IsSure(Statement));
        formats.Choose(Statement, RowLayout.Empty, isFinal: false);
        Assert.True(formats.IsSure(Statement));
    }

    [Fact]
    public void Type_without_a_binary_form_is_text_for_every_session_from_then_on()
    {
        var formats = new ResultFormats();
        var chosen = formats.Choose(Statement, LayoutOf(PgTypeOid.Int4, PgTypeOid.AclItem), isFinal: false);
        Assert.Equal([DataFormat.Binary, DataFormat.Text], FormatsOf(chosen));
        Assert.Equal([DataFormat.Binary, DataFormat.Text], formats.For(Statement).ToArray());
        Assert.False(formats.IsSure(Statement));
    }

    [Theory]
    [InlineData(StrangeType)]
    [InlineData(PgTypeOid.Record)]
    [InlineData(PgTypeOid.RecordArray)]
    public void What_is_not_known_is_text_only_where_nothing_can_be_made_good(uint type)
    {
        var formats = new ResultFormats();
        Assert.True(HasText(formats.Choose(Statement, LayoutOf(type), isFinal: true)));
        Assert.False(HasText(formats.Choose(Statement, LayoutOf(type), isFinal: false)));
        Assert.True(formats.For(Statement).IsEmpty);
        Assert.False(formats.IsSure(Statement));
    }

    [Fact]
    public void Type_that_is_learned_counts_for_statements_described_before()
    {
        var formats = new ResultFormats();
        formats.Choose(Statement, LayoutOf(StrangeType), isFinal: false);
        var version = formats.Version;

        formats.Learn(StrangeType, DataFormat.Text);
        Assert.NotEqual(version, formats.Version);
        Assert.Equal([DataFormat.Text], formats.For(Statement).ToArray());

        formats.Learn(StrangeType, DataFormat.Binary);
        Assert.True(formats.For(Statement).IsEmpty);
        Assert.True(formats.IsSure(Statement));
        Assert.False(HasText(formats.Choose(Statement, LayoutOf(StrangeType), isFinal: true)));
    }

    [Fact]
    public void Refusal_makes_all_that_is_not_built_in_text()
    {
        var formats = new ResultFormats();
        formats.Learn(StrangeType, DataFormat.Binary);
        var layout = LayoutOf(StrangeType, PgTypeOid.Record, PgTypeOid.Int4);
        formats.Choose(Statement, layout, isFinal: false);

        Assert.True(formats.OnRefused(Statement, layout));
        Assert.Equal([DataFormat.Text, DataFormat.Text, DataFormat.Binary], formats.For(Statement).ToArray());
        Assert.False(formats.OnRefused(Statement, layout));
    }

    [Fact]
    public void Other_columns_than_were_described_are_forgotten_once()
    {
        var formats = new ResultFormats();
        Assert.False(formats.Forget(Statement));
        formats.Choose(Statement, LayoutOf(PgTypeOid.AclItem), isFinal: false);
        Assert.True(formats.Forget(Statement));
        Assert.True(formats.For(Statement).IsEmpty);
        Assert.False(formats.Forget(Statement));
    }

    [Fact]
    public void Where_nobody_looks_types_over_nobody_is_wary()
    {
        var formats = new ResultFormats();
        formats.OnTypesCreated();
        Assert.False(formats.IsWary);
        Assert.False(formats.IsReviewDue);
    }

    [Fact]
    public void Until_types_are_looked_over_what_is_not_known_is_text()
    {
        var formats = new ResultFormats();
        formats.ExpectReviews();
        Assert.True(formats.IsWary);
        Assert.Equal(
            [DataFormat.Text, DataFormat.Binary, DataFormat.Binary],
            FormatsOf(formats.Choose(Statement, LayoutOf(StrangeType, PgTypeOid.Record, PgTypeOid.Int4), isFinal: false)));

        var version = formats.Version;
        formats.EndReview(formats.TypesCreated, TypeStrangers.None);
        Assert.False(formats.IsWary);
        Assert.NotEqual(version, formats.Version);
        Assert.False(HasText(formats.Choose(Statement, LayoutOf(StrangeType), isFinal: false)));
    }

    [Theory]
    [InlineData(TypeStrangers.Known, DataFormat.Binary)]
    [InlineData(TypeStrangers.Unknown, DataFormat.Text)]
    public void With_strangers_one_stays_wary(TypeStrangers strangers, DataFormat expected)
    {
        var formats = new ResultFormats();
        formats.ExpectReviews();
        formats.EndReview(formats.TypesCreated, strangers);
        Assert.True(formats.IsWary);
        Assert.False(formats.IsReviewDue);
        Assert.Equal([expected], FormatsOf(formats.Choose(Statement, LayoutOf(StrangeType), isFinal: false)));
    }

    [Fact]
    public void Types_created_during_a_review_need_another()
    {
        var formats = new ResultFormats();
        formats.ExpectReviews();
        var created = formats.TypesCreated;
        formats.OnTypesCreated();
        formats.EndReview(created, TypeStrangers.None);
        Assert.True(formats.IsReviewDue);
        formats.EndReview(formats.TypesCreated, TypeStrangers.None);
        Assert.False(formats.IsReviewDue);
    }

    private static bool HasText(RowLayout layout) => FormatsOf(layout).Contains(DataFormat.Text);

    private static DataFormat[] FormatsOf(RowLayout layout) => [.. layout.Columns.ToArray().Select(column => column.Format)];

    private static RowLayout LayoutOf(params uint[] types) =>
        new([.. types.Select(type => new ColumnDescription("c", 0, 0, type, -1, -1, DataFormat.Binary))]);
}
