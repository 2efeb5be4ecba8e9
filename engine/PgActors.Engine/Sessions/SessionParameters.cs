using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using PgActors.Types;

namespace PgActors.Sessions;

/// <summary>
/// What the server reported of its settings through ParameterStatus. Bounded: a hostile server cannot fill memory with made-up names.
/// Immutable, so that the user may keep the one in force at any moment, and so that the sessions of a database, to which a server mostly tells
/// the same, may share it (see <see cref="Equals(SessionParameters?)"/>).
/// </summary>
public sealed class SessionParameters : IEquatable<SessionParameters>
{
    /// <summary>Distinct names kept. PostgreSQL 18 reports 16; extensions may add some.</summary>
    public const int MaxCount = 512;

    // In the order in which they came. So few that looking at each is as fast as hashing, and takes half the memory in every session.
    private readonly (string Name, string Value)[] _values;

    // Found out when it is first asked for; a race costs finding out twice.
    private StrongBox<DateTextStyle?>? _style;

    private SessionParameters((string Name, string Value)[] values) => _values = values;

    /// <summary>Nothing reported yet.</summary>
    public static SessionParameters Empty { get; } = new([]);

    /// <summary>All names and values; made when it is asked for.</summary>
    public IReadOnlyDictionary<string, string> All => _values.ToDictionary(pair => pair.Name, pair => pair.Value);

    /// <summary>The server's version as it calls itself, such as <c>18.4</c> or <c>16.3 (Debian 16.3-1)</c>.</summary>
    public string? ServerVersion => Find("server_version");

    /// <summary>Whether the server is a standby (14 and later).</summary>
    public bool? IsInHotStandby => Find("in_hot_standby") switch { "on" => true, "off" => false, _ => null };

    /// <summary>Whether text goes both ways as UTF-8, the only encoding that PgActors reads and writes.</summary>
    internal bool IsUtf8 => Find("client_encoding") is not { } encoding || encoding.Equals("UTF8", StringComparison.OrdinalIgnoreCase);

    /// <summary>How dates are printed in text; <see langword="null"/> for DateStyle ISO.</summary>
    internal DateTextStyle? DateTextStyle => (_style ??= new StrongBox<DateTextStyle?>(Types.DateTextStyle.Of(this))).Value;

    /// <summary>One value.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out string? value) => (value = Find(name)) is not null;

    /// <summary>These with one value changed.</summary>
    /// <returns><see langword="null"/> if there would be more than <see cref="MaxCount"/>.</returns>
    public SessionParameters? With(string name, string value)
    {
        var place = PlaceOf(name);
        if (place < 0 && _values.Length >= MaxCount)
            return null;
        var values = new (string Name, string Value)[place < 0 ? _values.Length + 1 : _values.Length];
        _values.CopyTo(values, 0);
        values[place < 0 ? ^1 : place] = (name, value);
        return new(values);
    }

    /// <summary>Whether the other has the same names with the same values, reported in the same order.</summary>
    public bool Equals(SessionParameters? other) =>
        ReferenceEquals(this, other) || (other is not null && _values.AsSpan().SequenceEqual(other._values));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SessionParameters);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var pair in _values)
            hash.Add(pair);
        return hash.ToHashCode();
    }

    private string? Find(string name) => PlaceOf(name) is var place and >= 0 ? _values[place].Value : null;

    private int PlaceOf(string name)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            if (_values[i].Name == name)
                return i;
        }

        return -1;
    }
}
