using PgActors.Protocol;

namespace PgActors;

/// <summary>
/// A name of a table, column, schema, channel or the like, to be put into a statement's text: <c>$"select * from {new PgIdentifier(table)}"</c>.
/// It is always quoted, so that no name can end its quotes and go on as SQL (PostgreSQL documentation, "Identifiers and Key Words").
/// </summary>
public readonly record struct PgIdentifier
{
    // NAMEDATALEN - 1: the server cuts longer names silently, so that two different ones may mean the same object.
    private const int MaxBytes = 63;

    private readonly string? _quoted;

    /// <summary>Quotes a name, or a qualified name given in parts.</summary>
    /// <param name="parts">The name's parts, such as schema and table. Case counts.</param>
    /// <exception cref="ArgumentException">A part is empty, holds U+0000 or a lone surrogate, or is longer than 63 bytes in UTF-8.</exception>
    public PgIdentifier(params ReadOnlySpan<string> parts)
    {
        if (parts.IsEmpty)
            throw new ArgumentException("An identifier has at least one part.", nameof(parts));
        var quoted = new string[parts.Length];
        for (var i = 0; i < parts.Length; i++)
            quoted[i] = Quote(parts[i]);
        _quoted = string.Join('.', quoted);
    }

    /// <summary>The quoted form, as it goes into the text.</summary>
    public override string ToString() => _quoted ?? throw new InvalidOperationException("An identifier needs a name.");

    private static string Quote(string part)
    {
        if (part.Length == 0)
            throw new ArgumentException("An identifier cannot be empty.", nameof(part));
        using var utf8 = new WireWriter(part.Length);
        utf8.WriteCString(part);
        if (utf8.Length - 1 > MaxBytes)
        {
            throw new ArgumentException(
                $"The identifier '{part}' has {utf8.Length - 1} bytes; PostgreSQL would cut it to {MaxBytes} without a word.", nameof(part));
        }

        return $"\"{part.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
