using PgActors.Testing;
using PgActors.Types;

namespace PgActors.Integration.Tests.Types;

/// <summary>Types marked with attributes, on a database that was told nothing of them.</summary>
public sealed class GeneratedTypeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Marked_enum_goes_both_ways_alone_absent_and_in_arrays()
    {
        await using var db = await OpenAsync();
        foreach (var tone in Enum.GetValues<Tone>())
        {
            Assert.Equal(tone, await db.QuerySingleAsync<Tone>($"select {tone}", Token));
            Assert.Equal(tone, await db.QuerySingleAsync<Tone?>($"select {(Tone?)tone}", Token));
        }

        Assert.Equal("over the moon", await db.QuerySingleAsync<string>($"select {Tone.Bright}::text", Token));
        Assert.Null(await db.QuerySingleAsync<Tone?>("select null::generated.tone", Token));
        var tones = new[] { Tone.VeryDark, Tone.Bright };
        Assert.Equal(tones, await db.QuerySingleAsync<Tone[]>($"select {tones}", Token));
    }

    [Fact]
    public async Task Marked_composite_goes_both_ways_nested_and_in_arrays()
    {
        await using var db = await OpenAsync();
        var parcel = new Parcel(7, new Place("Main Street", null, Tone.Grey), [new Place("b", 2, Tone.Bright), null]);
        Assert.Equal(parcel, await db.QuerySingleAsync<Parcel>($"select {parcel}", Token));
        Assert.Equal("Main Street", await db.QuerySingleAsync<string>($"select (({parcel}).target).street", Token));
        Assert.Equal(parcel, await db.QuerySingleAsync<Parcel>($"select ({parcel}).*", Token));
    }

    [Fact]
    public async Task Marked_struct_is_a_value()
    {
        await using var db = await OpenAsync();
        var spot = new Spot(1, -2);
        Assert.Equal(spot, await db.QuerySingleAsync<Spot>($"select {spot}", Token));
        Assert.Equal([spot, default], await db.QuerySingleAsync<List<Spot>>($"select {new List<Spot> { spot, default }}", Token));
        Assert.Null(await db.QuerySingleAsync<Spot?>("select null::generated.spot", Token));
    }

    [Fact]
    public async Task Mapping_given_by_hand_comes_first()
    {
        var types = PgTypeRegistry.Default.MapEnum<Tone>("generated.other_tone");
        await using var db = await OpenAsync(new PgDatabaseSettings { Types = types });
        Assert.Equal("generated.other_tone", await db.QuerySingleAsync<string>($"select pg_typeof({Tone.Grey})::text", Token));
    }

    [Fact]
    public async Task Null_in_a_composite_that_cannot_be_names_its_column()
    {
        await using var db = await OpenAsync();
        var error = await Assert.ThrowsAsync<PgMappingException>(
            () => db.QuerySingleAsync<Spot>("select row(1, null)::generated.spot", Token).AsTask());
        Assert.Contains("\"y\" of generated.spot is NULL, and Spot.Y is int", error.Message, StringComparison.Ordinal);
    }

    private static async Task<PgDatabase> OpenAsync(PgDatabaseSettings? settings = null)
    {
        var server = await PostgresServer.Shared();
        var db = await PgDatabase.ConnectAsync(PgConnectionOptions.Parse(server.ConnectionUri()), settings, Token);

        // One test at a time makes them; the others find them there.
        await db.ExecuteAsync("""
            do $$ begin
                perform pg_advisory_xact_lock(7310455);
                if to_regnamespace('generated') is null then
                    create schema generated;
                    create type generated.tone as enum ('very_dark', 'grey', 'over the moon');
                    create type generated.other_tone as enum ('very_dark', 'grey', 'over the moon');
                    create type generated.spot as (x int4, y int4);
                    create type generated.place as (street text, no int4, tone generated.tone);
                    create type generated.parcel as (id int8, target generated.place, stops generated.place[]);
                end if;
            end $$
            """, Token);
        return db;
    }

    [PgEnum("generated.tone")]
    internal enum Tone
    {
        VeryDark,
        Grey,
        [PgName("over the moon")]
        Bright,
    }

    [PgComposite("generated.spot")]
    internal readonly record struct Spot(int X, int Y);

    [PgComposite("generated.place")]
    internal sealed record Place(string Street, [PgColumn("no")] int? Number, Tone Tone);

    [PgRow]
    [PgComposite("generated.parcel")]
    internal sealed record Parcel(long Id, Place Target, Place?[] Stops)
    {
        public bool Equals(Parcel? other)
            => other is not null && Id == other.Id && Target == other.Target && Stops.SequenceEqual(other.Stops);

        public override int GetHashCode() => Id.GetHashCode();
    }
}
