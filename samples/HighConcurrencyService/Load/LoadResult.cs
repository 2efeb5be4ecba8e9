using System.Globalization;

namespace HighConcurrencyService.Load;

/// <summary>What one kind of request came to.</summary>
/// <param name="Name">Which kind.</param>
/// <param name="Milliseconds">How long each took, shortest first.</param>
/// <param name="Seconds">How long all of them took together.</param>
/// <param name="Failures">How many were not answered as they should.</param>
internal sealed record LoadResult(string Name, double[] Milliseconds, double Seconds, int Failures)
{
    public static string Header => $"{"",-8}{"requests",10}{"/s",10}{"p50 ms",10}{"p99 ms",10}{"max ms",10}{"failed",8}";

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name,-8}{Milliseconds.Length,10:N0}{Milliseconds.Length / Seconds,10:N0}{At(0.5),10:N2}{At(0.99),10:N2}{At(1),10:N2}{Failures,8}");

    private double At(double part) =>
        Milliseconds.Length == 0 ? 0 : Milliseconds[Math.Min(Milliseconds.Length - 1, (int)(part * Milliseconds.Length))];
}
