using System.Text;

namespace PgActors.Connections;

/// <summary>
/// Splits a connection URI into options, by libpq's rules (PostgreSQL documentation, "Connection URIs"; conninfo_uri_parse_options).
/// Parts that are empty count as not given. What the options mean is not its business.
/// </summary>
internal sealed class UriReader
{
    private readonly string _text;
    private readonly List<OptionValue> _values;
    private int _at;

    private UriReader(string text, int start, List<OptionValue> values)
    {
        _text = text;
        _at = start;
        _values = values;
    }

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    /// <summary>The length of <c>postgres://</c> or <c>postgresql://</c> at the start, or 0. Schemes have no case (RFC 3986).</summary>
    public static int SchemeLength(string text)
    {
        foreach (var scheme in (ReadOnlySpan<string>)["postgresql://", "postgres://"])
        {
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
                return scheme.Length;
        }

        return 0;
    }

    /// <summary>Reads the URI <paramref name="text"/>, which starts with a scheme.</summary>
    /// <param name="text">The URI.</param>
    /// <param name="values">Takes the options in the order in which later ones win.</param>
    /// <returns>The problem, or null.</returns>
    public static OptionProblem? Read(string text, List<OptionValue> values)
        => new UriReader(text, SchemeLength(text), values).Read();

    private OptionProblem? Read()
        => ReadCredentials() ?? ReadHosts() ?? ReadDatabase() ?? ReadQuery();

    /// <summary>There are credentials only if an <c>@</c> comes before the first <c>/</c>; the first <c>@</c> ends them.</summary>
    private OptionProblem? ReadCredentials()
    {
        var rest = _text.AsSpan(_at);
        var stop = rest.IndexOfAny('@', '/');
        if (stop < 0 || rest[stop] == '/')
            return null;

        var end = _at + stop;
        var colon = rest[..stop].IndexOf(':');
        var userEnd = colon < 0 ? end : _at + colon;
        var problem = Add("user", _at, userEnd) ?? (colon < 0 ? null : Add("password", userEnd + 1, end));
        _at = end + 1;
        return problem;
    }

    private OptionProblem? ReadHosts()
    {
        var hosts = new StringBuilder();
        var ports = new StringBuilder();
        var hostStarts = new List<int>();
        var portStarts = new List<int>();
        while (true)
        {
            if (ReadHost(hosts, hostStarts) is { } hostProblem)
                return hostProblem;

            portStarts.Add(_at);
            if (Current == ':')
            {
                var start = ++_at;
                portStarts[^1] = start;
                _at = End(start, "/?,");
                if (Decode("port", start, _at, out var port) is { } problem)
                    return problem;

                ports.Append(port);
            }

            if (Current != ',')
                break;

            _at++;
            hosts.Append(',');
            ports.Append(',');
        }

        AddList("host", hosts, hostStarts);
        AddList("port", ports, portStarts);
        return null;
    }

    private OptionProblem? ReadHost(StringBuilder hosts, List<int> starts)
    {
        var bracket = Current == '[';
        var start = bracket ? _at + 1 : _at;
        starts.Add(start);
        if (!bracket)
        {
            _at = End(start, ":/?,");
        }
        else
        {
            var length = _text.AsSpan(start).IndexOf(']');
            if (length < 0)
                return new OptionProblem("The '[' of an IPv6 address has no ']'. Write [::1]:5432.", "host", _at);
            if (length == 0)
                return new OptionProblem("There is no address between '[' and ']'. Write an IPv6 address, such as [::1].", "host", _at);

            _at = start + length;
        }

        if (Decode("host", start, _at, out var host) is { } problem)
            return problem;

        hosts.Append(host);
        if (!bracket)
            return null;

        _at++;
        return _at == _text.Length || Current is ':' or '/' or '?' or ','
            ? null
            : new OptionProblem("After the ']' of an IPv6 address only ':', '/', '?', ',' or the end can follow.", "host", _at);
    }

    private OptionProblem? ReadDatabase()
    {
        if (Current != '/')
            return null;

        var start = ++_at;
        _at = End(start, "?");
        return Add("dbname", start, _at);
    }

    private OptionProblem? ReadQuery()
    {
        if (Current != '?')
            return null;

        _at++;
        while (_at < _text.Length)
        {
            var end = End(_at, "&");
            if (ReadQueryItem(_at, end) is { } problem)
                return problem;

            _at = end + 1;
        }

        return null;
    }

    private OptionProblem? ReadQueryItem(int start, int end)
    {
        var item = _text.AsSpan(start, end - start);
        var equals = item.IndexOf('=');
        if (equals < 0)
        {
            return new OptionProblem(
                "Each item after '?' is name=value, and this one has no '='. Write a '&' inside a value as %26.", Position: start);
        }

        if (PercentText.Decode(_text, start, start + equals, out var keyword) is { } nameProblem)
            return nameProblem;

        if (item[(equals + 1)..].IndexOf('=') is >= 0 and var second)
        {
            var known = ConnectionOptionTable.Find(keyword)?.Keyword;
            return new OptionProblem(
                "Each item after '?' has one '=', and this one has another. Write a '=' inside a value as %3D.",
                known,
                start + equals + 1 + second);
        }

        var valueStart = start + equals + 1;
        if (Decode(keyword, valueStart, end, out var value) is { } problem)
            return problem;

        // The one spelling that libpq takes over from JDBC.
        (keyword, value) = (keyword, value) == ("ssl", "true") ? ("sslmode", "require") : (keyword, value);
        _values.Add(Place(new OptionValue(keyword, value) { KeyStart = start }, valueStart, end));
        return null;
    }

    private OptionProblem? Add(string keyword, int start, int end)
    {
        if (start == end)
            return null;

        if (Decode(keyword, start, end, out var value) is { } problem)
            return problem;

        _values.Add(Place(new OptionValue(keyword, value) { KeyStart = start, IsAuthority = true }, start, end));
        return null;
    }

    private void AddList(string keyword, StringBuilder list, List<int> starts)
    {
        if (list.Length > 0)
        {
            _values.Add(new OptionValue(keyword, list.ToString())
            {
                KeyStart = starts[0],
                Start = starts[0],
                ItemStarts = starts,
                IsAuthority = true,
            });
        }
    }

    private OptionProblem? Decode(string keyword, int start, int end, out string value)
        => PercentText.Decode(_text, start, end, out value) is { } problem
            ? problem with { Keyword = ConnectionOptionTable.Find(keyword)?.Keyword }
            : null;

    private OptionValue Place(OptionValue value, int start, int end)
    {
        (start, end) = PercentText.Trim(_text, start, end);
        return value with { Start = start, IsVerbatim = _text.AsSpan(start, end - start).SequenceEqual(value.Text) };
    }

    private int End(int start, ReadOnlySpan<char> stops)
        => _text.AsSpan(start).IndexOfAny(stops) is >= 0 and var length ? start + length : _text.Length;
}
