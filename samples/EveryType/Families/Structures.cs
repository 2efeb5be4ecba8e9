using PgActors;

namespace EveryType.Families;

/// <summary>What is made of other types. Enums and composites are named by attributes only.</summary>
[PgRow]
internal sealed record Structures(
    Structures.Mood Feeling, Structures.Mood? Absent, Structures.Address Home, Structures.Point Spot, PgRange<int> Numbers,
    PgRange<DateOnly> Days)
{
    [PgEnum("every_mood")]
    internal enum Mood
    {
        Sad,
        VeryHappy,
    }

    public static async Task CheckAsync(PgDatabase db, Report report)
    {
        await db.ExecuteAsync("""
            do $$ begin
                drop type if exists every_address, every_mood, every_point cascade;
                create type every_mood as enum ('sad', 'very_happy');
                create type every_address as (street text, number int4, mood every_mood);
                create type every_point as (x int4, y int4);
            end $$
            """);
        var sent = new Structures(
            Mood.VeryHappy, null, new Address("Main Street", 5, Mood.Sad), new Point(1, 2), new PgRange<int>(1, 10),
            PgRange.From(new DateOnly(2024, 2, 29)));
        report.Compare(
            sent,
            await db.QuerySingleAsync<Structures>($"""
                select {sent.Feeling} as feeling, {sent.Absent} as absent, {sent.Home} as home, {sent.Spot} as spot,
                    {sent.Numbers} as numbers, {sent.Days} as days
                """),
            "enum, composite, int4range, daterange");
    }

    [PgComposite("every_address")]
    internal sealed record Address(string Street, int? Number, Mood Mood);

    [PgComposite("every_point")]
    internal readonly record struct Point(int X, int Y);
}
