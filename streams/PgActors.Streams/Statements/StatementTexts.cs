using System.Collections.Concurrent;
using PgActors.Sessions;

namespace PgActors.Statements;

/// <summary>Statements given as text: the same text and parameter types give the same statement, as long as it is remembered.</summary>
internal static class StatementTexts
{
    // Above this the texts are evidently made up at run time; keeping them would be a leak.
    private const int Capacity = 4096;

    private static readonly ConcurrentDictionary<Key, SqlStatement> Known = new();

    public static SqlStatement Find(string text) => Find(text, []);

    public static SqlStatement Find(string text, uint[] types)
    {
        var key = new Key(text, types);
        if (Known.TryGetValue(key, out var statement))
            return statement;
        if (Known.Count >= Capacity)
            Known.Clear();
        return Known.GetOrAdd(key, static made => Make(made.Text, made.Types));
    }

    /// <summary>Makes a statement of what a user wrote.</summary>
    /// <exception cref="PgUsageException">The text or the number of parameters is nothing that PostgreSQL takes.</exception>
    public static SqlStatement Make(string text, uint[] types)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return new SqlStatement(text, types);
        }
        catch (ArgumentException refused)
        {
            throw new PgUsageException($"The statement cannot be sent: {UsageProblem.Of(refused)}", refused);
        }
    }

    private readonly struct Key(string text, uint[] types) : IEquatable<Key>
    {
        public string Text => text;

        public uint[] Types => types;

        public bool Equals(Key other) =>
            string.Equals(Text, other.Text, StringComparison.Ordinal) && Types.AsSpan().SequenceEqual(other.Types);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode() => HashCode.Combine(Text, Types.Length);
    }
}
