using System.Diagnostics;
using PgActors;

namespace Quickstart.Demonstrations;

/// <summary>Streams many rows of many types. What is not taken yet stays with the server: memory does not grow with the rows.</summary>
internal static class StreamRows
{
    // Often enough for a smooth bar, seldom enough to cost nothing.
    private const int ReportEvery = 16 * 1024;

    public static async Task ShowAsync(PgDatabase db, long rows, Screen screen, CancellationToken cancellationToken)
    {
        screen.Title($"{Screen.Number(rows)} rows of eleven types");
        var query = db.Query<Reading>(
            $"""
            select i as id, (i % 1000)::int4 as sensor, (i % 8)::int2 as channel, i % 7 <> 0 as is_valid, i * 0.25::float8 as value,
                   19.99 as price, timestamp '2026-01-01' + i * interval '1 second' as taken_at, date '2026-01-01' as day,
                   'c0ffee00-0000-4000-8000-000000000000'::uuid as key, 'reading' as label,
                   case when i % 10 = 0 then 7 end as fault
            from generate_series(1, {rows}) as i
            """);

        var started = Stopwatch.GetTimestamp();
        var (count, faults, sum) = (0L, 0L, 0.0);
        await screen.ProgressAsync("rows", rows, async report =>
        {
            await foreach (var reading in query.WithCancellation(cancellationToken))
            {
                sum += reading.Value;
                if (reading.Fault is not null)
                    faults++;
                if (++count % ReportEvery == 0)
                    report(count, Rate(count, started));
            }

            report(count, Rate(count, started));
        });

        screen.Say(
            $"{Screen.Number(count)} rows at {Rate(count, started)}; {Screen.Number(faults)} faults, "
            + $"mean value {Screen.Number(sum / count)}. "
            + $"The managed heap holds {Screen.Number(GC.GetTotalMemory(false) / 1048576.0)} MiB.");
        screen.Say("The server computes the rows while they stream, so this is its speed as much as ours.");
    }

    private static string Rate(long count, long started) =>
        $"{Screen.Number(count / Stopwatch.GetElapsedTime(started).TotalSeconds)} rows/s";
}
