namespace PgActors.Benchmarks.Measuring;

/// <summary>A contender computed something wrong; its speed is of no interest.</summary>
internal sealed class WrongResultException(string message) : Exception(message)
{
    public static void ThrowIfDifferent<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new WrongResultException($"{what}: expected {expected}, got {actual}");
    }
}
