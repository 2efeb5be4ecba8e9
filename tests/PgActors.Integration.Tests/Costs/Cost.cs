using System.Globalization;

namespace PgActors.Integration.Tests.Costs;

/// <summary>What one operation costs once everything is warm. It does not depend on how fast the machine is, or how busy.</summary>
/// <param name="Bytes">Bytes allocated by all threads.</param>
/// <param name="Sends">Sends on all sockets.</param>
/// <param name="Receives">Receives begun on all sockets.</param>
internal readonly record struct Cost(double Bytes, double Sends, double Receives)
{
    // The code is compiled a second time, with its profile, some thirty calls and some hundred milliseconds in; pools fill; then the same
    // comes again and again.
    private const int WarmUpRounds = 5;
    private const int Rounds = 7;

    /// <summary>Measures an operation: of each figure the least of several rounds, since what the process does beside it, and a caller
    /// that the system holds up, only add.</summary>
    /// <param name="meter">Counts the traffic.</param>
    /// <param name="operations">How many one run does.</param>
    /// <param name="run">Does that many.</param>
    public static async Task<Cost> MeasureAsync(TrafficMeter meter, int operations, Func<Task> run)
    {
        for (var i = 0; i < WarmUpRounds; i++)
            await run();
        var best = new Cost(double.MaxValue, double.MaxValue, double.MaxValue);
        for (var i = 0; i < Rounds; i++)
        {
            var (sends, receives) = (meter.Sends, meter.Receives);
            var bytes = GC.GetTotalAllocatedBytes(precise: true);
            await run();
            bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
            best = new Cost(
                Math.Min(best.Bytes, (double)bytes / operations),
                Math.Min(best.Sends, (double)(meter.Sends - sends) / operations),
                Math.Min(best.Receives, (double)(meter.Receives - receives) / operations));
        }

        TestContext.Current.TestOutputHelper?.WriteLine(best.ToString());
        return best;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Bytes:0.##} bytes, {Sends:0.###} sends, {Receives:0.###} receives an operation");
}
