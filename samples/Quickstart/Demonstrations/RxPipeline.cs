using System.Globalization;
using System.Reactive.Linq;
using PgActors;

namespace Quickstart.Demonstrations;

/// <summary>One row stream, three views of it: each window's rows, the newest from time to time, the last before each silence.</summary>
internal static class RxPipeline
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan SampleEvery = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(150);

    public static async Task ShowAsync(PgDatabase db, Screen screen, CancellationToken cancellationToken)
    {
        screen.Title("A row stream in Rx: window, sample, throttle");

        // The server makes bursts of 25 ticks, 0.3 s apart. A fetch size lets each burst travel when it is made: otherwise the server would
        // fill its send buffer of 8 KiB first.
        var query = db.Query<Tick>(
            """
            select i as number, 100 + 5 * sin(i / 20.0) as price
            from generate_series(1, 250) as i
            where i % 25 <> 1 or i = 1 or pg_sleep(0.3) is not null
            """).WithFetchSize(25);

        var lines = query.ToObservable().Publish(ticks => Observable.Merge(
            ticks.Window(Window).SelectMany(Summary),
            ticks.Sample(SampleEvery).Select(tick => ("sample", $"newest is {Describe(tick)}")),
            ticks.Throttle(Silence).Select(tick => ("throttle", $"a burst ended with {Describe(tick)}"))));

        await lines.ForEachAsync(line => screen.Report(line.Item1, line.Item2), cancellationToken);
    }

    private static IObservable<(string, string)> Summary(IObservable<Tick> window) => window
        .Aggregate((Count: 0, Sum: 0.0), (sum, tick) => (sum.Count + 1, sum.Sum + tick.Price))
        .Where(sum => sum.Count > 0)
        .Select(sum => ("window", string.Create(CultureInfo.InvariantCulture, $"{sum.Count} ticks, mean price {sum.Sum / sum.Count:F2}")));

    private static string Describe(Tick tick) => string.Create(CultureInfo.InvariantCulture, $"tick {tick.Number} at {tick.Price:F2}");

    private readonly record struct Tick(int Number, double Price);
}
