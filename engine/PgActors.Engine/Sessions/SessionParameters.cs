using System.Diagnostics.CodeAnalysis;

namespace PgActors.Sessions;

/// <summary>
/// What the server reported of its settings through ParameterStatus. Bounded: a hostile server cannot fill memory with made-up names.
/// Immutable, so that the user may keep the one in force at any moment.
/// </summary>
public sealed class SessionParameters
{
    /// <summary>Distinct names kept. PostgreSQL 18 reports 16; extensions may add some.</summary>
    public const int MaxCount = 512;

    private readonly Dictionary<string, string> _values;

    private SessionParameters(Dictionary<string, string> values) => _values = values;

    /// <summary>Nothing reported yet.</summary>
    public static SessionParameters Empty { get; } = new([]);

    /// <summary>All names and values.</summary>
    public IReadOnlyDictionary<string, string> All => _values;

    /// <summary>The server's version as it calls itself, such as <c>18.4</c> or <c>16.3 (Debian 16.3-1)</c>.</summary>
    public string? ServerVersion => Find("server_version");

    /// <summary>Whether the server is a standby (14 and later).</summary>
    public bool? IsInHotStandby => Find("in_hot_standby") switch { "on" => true, "off" => false, _ => null };

    /// <summary>Whether text goes both ways as UTF-8, the only encoding that PgActors reads and writes.</summary>
    internal bool IsUtf8 => Find("client_encoding") is not { } encoding || encoding.Equals("UTF8", StringComparison.OrdinalIgnoreCase);

    /// <summary>One value.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out string? value) => _values.TryGetValue(name, out value);

    /// <summary>These with one value changed.</summary>
    /// <returns><see langword="null"/> if there would be more than <see cref="MaxCount"/>.</returns>
    public SessionParameters? With(string name, string value)
    {
        if (!_values.ContainsKey(name) && _values.Count >= MaxCount)
            return null;
        return new(new Dictionary<string, string>(_values) { [name] = value });
    }

    private string? Find(string name) => _values.GetValueOrDefault(name);
}
