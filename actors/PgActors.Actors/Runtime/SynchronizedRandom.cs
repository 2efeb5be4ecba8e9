namespace PgActors.Runtime;

/// <summary>
/// A generator that many threads may share, because <see cref="Random"/> silently degrades to zeros when they do. The sequence stays that
/// of the seed; which thread gets which number is the dispatcher's business.
/// </summary>
internal sealed class SynchronizedRandom : Random
{
    // Invariant: the inner generator is touched only under this lock.
    private readonly Lock _lock = new();
    private readonly Random _inner;

#pragma warning disable RS0030 // The base's own generator is never asked.
    private SynchronizedRandom(Random inner) => _inner = inner;
#pragma warning restore RS0030

    public override int Next()
    {
        lock (_lock) return _inner.Next();
    }

    public override int Next(int maxValue)
    {
        lock (_lock) return _inner.Next(maxValue);
    }

    public override int Next(int minValue, int maxValue)
    {
        lock (_lock) return _inner.Next(minValue, maxValue);
    }

    public override long NextInt64()
    {
        lock (_lock) return _inner.NextInt64();
    }

    public override long NextInt64(long maxValue)
    {
        lock (_lock) return _inner.NextInt64(maxValue);
    }

    public override long NextInt64(long minValue, long maxValue)
    {
        lock (_lock) return _inner.NextInt64(minValue, maxValue);
    }

    public override float NextSingle()
    {
        lock (_lock) return _inner.NextSingle();
    }

    public override double NextDouble()
    {
        lock (_lock) return _inner.NextDouble();
    }

    public override void NextBytes(byte[] buffer)
    {
        lock (_lock) _inner.NextBytes(buffer);
    }

    public override void NextBytes(Span<byte> buffer)
    {
        lock (_lock) _inner.NextBytes(buffer);
    }

    protected override double Sample() => NextDouble();

#pragma warning disable RS0030 // Compared with, not drawn from: the shared generator is thread-safe already.
    internal static Random Wrap(Random random) =>
        random is SynchronizedRandom || ReferenceEquals(random, Shared) ? random : new SynchronizedRandom(random);
#pragma warning restore RS0030
}
