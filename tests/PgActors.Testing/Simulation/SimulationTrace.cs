namespace PgActors.Testing;

/// <summary>What happened in a simulation, in order: a hash over all of it and the last lines in words. One seed, one trace.</summary>
public sealed class SimulationTrace
{
    /// <summary>How many lines are kept in words.</summary>
    public const int MaxLines = 1_000;

    // FNV-1a, 64 bits: the same on every machine and in every process, unlike the framework's string hashes.
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    private readonly Queue<string> _lines = new();
    private ulong _hash = FnvOffset;

    /// <summary>A hash over every line so far.</summary>
    public ulong Hash => _hash;

    /// <summary>How many lines there were, kept or not.</summary>
    public long Count { get; private set; }

    /// <summary>The last lines, oldest first; at most <see cref="MaxLines"/>.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Adds a line. A test adds what it saw, so that two runs are compared in that too.</summary>
    public void Add(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        foreach (var character in line) _hash = (_hash ^ character) * FnvPrime;
        _hash = (_hash ^ '\n') * FnvPrime;
        Count++;
        if (_lines.Count == MaxLines) _lines.Dequeue();
        _lines.Enqueue(line);
    }
}
