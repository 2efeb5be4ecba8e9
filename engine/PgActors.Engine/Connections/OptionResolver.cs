using System.Globalization;

namespace PgActors.Connections;

/// <summary>
/// Turns a text and its <see cref="ConnectionSources"/> into options: the text over the service file over the environment over the
/// defaults; then the files that depend on the result.
/// </summary>
internal sealed class OptionResolver
{
    /// <summary>Environment variables that libpq sends as run-time settings.</summary>
    private static readonly (string Variable, string Setting)[] SettingVariables =
        [("PGDATESTYLE", "datestyle"), ("PGTZ", "timezone"), ("PGGEQO", "geqo")];

    private readonly string _text;
    private readonly ConnectionSources _sources;
    private readonly Dictionary<string, OptionValue> _values = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];
    private PgConnectionOptions _options = new();

    private OptionResolver(string text, ConnectionSources sources)
    {
        _text = text;
        _sources = sources;
    }

    /// <summary>Resolves <paramref name="text"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="sources">Everything besides it.</param>
    /// <param name="options">The options; meaningless if there is a problem.</param>
    /// <returns>The problem, or null.</returns>
    public static OptionProblem? Resolve(string text, ConnectionSources sources, out PgConnectionOptions options)
    {
        var resolver = new OptionResolver(text, sources);
        var problem = resolver.Resolve();
        options = resolver._options;
        return problem;
    }

    private OptionProblem? Resolve()
        => ReadText() ?? ReadService() ?? ReadEnvironment() ?? ApplyHosts() ?? ApplyValues() ?? Complete() ?? Check();

    private OptionProblem? ReadText()
    {
        if (TextRules.Check("The text", _text) is { } sign)
            return new OptionProblem(sign.Message, Position: sign.Offset);

        var values = new List<OptionValue>();
        var problem = UriReader.SchemeLength(_text) > 0 ? UriReader.Read(_text, values) : KeywordValueReader.Read(_text, values);
        if (problem is not null)
            return ForeignForms.Recognise(_text) ?? problem;

        foreach (var value in values)
        {
            if (Accept(value) is { } refusal)
                return refusal;
        }

        return null;
    }

    private OptionProblem? Accept(OptionValue value)
    {
        if (ConnectionOptionTable.Find(value.Keyword) is null)
            return ForeignForms.Recognise(_text) ?? UnknownKeyword(value);

        if (value.Keyword == ConnectionOptionTable.RequireSsl)
            value = value with { Keyword = "sslmode", Text = value.Text.StartsWith('1') ? "require" : "prefer", IsVerbatim = false };

        if (_sources.AllowedKeywords is { } allowed && !allowed.Contains(value.Keyword))
        {
            return new OptionProblem(
                $"'{value.Keyword}' is not among the options that a text may use here. Remove it, or set it in code.",
                value.Keyword,
                value.KeyStart);
        }

        _values[value.Keyword] = value;
        return null;
    }

    private OptionProblem UnknownKeyword(OptionValue value)
    {
        // A word after a password may be the rest of it, and what is no word may be anything: it is not named.
        if (MaskedText.Of(_text).Hides(value.KeyStart))
        {
            return new OptionProblem(
                "What starts here is not a connection option. If it is part of a password, percent-encode that in a URI, or put it in "
                + "single quotes in keyword=value text.",
                Position: value.KeyStart);
        }

        var suggestion = OptionSuggestions.Ask(OptionSuggestions.ForKeyword(value.Keyword));
        return new OptionProblem($"'{value.Keyword}' is not a connection option{suggestion}.", Position: value.KeyStart);
    }

    private OptionProblem? ReadService()
    {
        if (ValueOf("service") is not { } service)
            return null;

        var file = ValueOf("servicefile");
        if (_sources.ReadFile is not { } readFile)
        {
            return service.Blame(new ValueProblem(
                "'service' is looked up in a file, and no way to read files was given. Pass ConnectionSources."));
        }

        var paths = file is not null
            ? [file.Text]
            : new[]
            {
                _sources.UserFile(".pg_service.conf", ".pg_service.conf"),
                _sources.Variable("PGSYSCONFDIR") is { } directory ? $"{directory}/pg_service.conf" : null,
            };
        foreach (var path in paths)
        {
            var text = path is null ? null : readFile(path);
            if (text is null && file is not null)
                return file.Blame(new ValueProblem($"The service file {SecretScan.Quote(file.Text)} does not exist or cannot be read."));
            if (text is null)
                continue;

            var values = new List<OptionValue>();
            if (ServiceFile.Read(text.Text, path!, service.Text, values, out var found) is { } problem)
                return problem;
            if (!found)
                continue;

            foreach (var value in values)
                _values.TryAdd(value.Keyword, value);
            return null;
        }

        var places = string.Join(" or ", paths.Where(p => p is not null).Select(p => $"'{p}'"));
        return service.Blame(new ValueProblem($"There is no service {SecretScan.Quote(service.Text)} in {places}."));
    }

    private OptionProblem? ReadEnvironment()
    {
        foreach (var option in ConnectionOptionTable.All)
        {
            if (!_values.ContainsKey(option.Keyword) && FromEnvironment(option) is { } value)
                _values.Add(option.Keyword, value);
        }

        if (!_values.ContainsKey("sslmode") && _sources.Variable("PGREQUIRESSL") is ['1', ..])
            _values.Add("sslmode", new OptionValue("sslmode", "require") { Origin = "the environment variable PGREQUIRESSL" });

        return null;
    }

    private OptionProblem? ApplyHosts()
    {
        if (HostList.Build(ValueOf("host"), ValueOf("hostaddr"), ValueOf("port"), _sources.DefaultHost, out var hosts) is { } problem)
            return problem.Position is null ? problem : ForeignForms.Recognise(_text) ?? problem;

        _options = _options with { Hosts = hosts };
        return null;
    }

    private OptionProblem? ApplyValues()
    {
        foreach (var option in ConnectionOptionTable.All)
        {
            if (ValueOf(option.Keyword) is not { } value)
                continue;

            if ((option.Read(value.Text, ref _options) ?? option.Check(_options)) is { } problem)
                return value.Blame(problem);
        }

        return null;
    }

    /// <summary>Defaults that depend on other options or on files.</summary>
    private OptionProblem? Complete()
    {
        if (_options.User.Length == 0)
            _options = _options with { User = _sources.OsUser };

        if (_options.SslRootCert == "system" && ValueOf("sslmode") is null)
            _options = _options with { SslMode = TlsMode.VerifyFull };

        var settings = from v in SettingVariables
                       let value = _sources.Variable(v.Variable)
                       where value is not null && !value.Equals("default", StringComparison.OrdinalIgnoreCase)
                       select KeyValuePair.Create(v.Setting, value);
        _options = _options with { Settings = [.. settings] };
        FindCertificateFiles();
        var problem = FindPasswords();
        _options = _options with { ParseWarnings = _warnings };
        return problem;
    }

    /// <summary>libpq's files in the home directory: used if they exist and nothing else is named.</summary>
    private void FindCertificateFiles()
    {
        if (_options.SslMode == TlsMode.Disable || _sources.ReadFile is null)
            return;

        _options = _options with { SslRootCert = _options.SslRootCert ?? ExistingFile("root.crt") };
        if (_options.SslCert is null && ExistingFile("postgresql.crt") is { } certificate)
            _options = _options with { SslCert = certificate };
        if (_options.SslCert is not null)
            _options = _options with { SslKey = _options.SslKey ?? ExistingFile("postgresql.key") };
    }

    private string? ExistingFile(string name)
        => _sources.UserFile($".postgresql/{name}", name) is { } path && _sources.ReadFile?.Invoke(path) is not null ? path : null;

    private OptionProblem? FindPasswords()
    {
        var named = ValueOf("passfile");
        if (_options.Password is not null)
            return null;

        if (_sources.ReadFile is not { } readFile)
        {
            return named?.Blame(new ValueProblem(
                "'passfile' names a file to look the password up in, and no way to read files was given. Pass ConnectionSources."));
        }

        if ((named?.Text ?? _sources.UserFile(".pgpass", "pgpass.conf")) is not { } path || readFile(path) is not { } file)
            return null;

        if (!file.IsPrivate)
        {
            _warnings.Add($"The password file '{path}' was ignored: it must be a regular file that only its owner can open (chmod 0600).");
            return null;
        }

        _options = _options with { Hosts = [.. _options.Hosts.Select(h => h with { Password = FindPassword(file.Text, h) })] };
        return null;
    }

    private PgSecret? FindPassword(string file, PgHost host)
    {
        var name = host.Host.Length > 0 ? host.Host : host.HostAddress ?? "";
        if (name == _sources.DefaultHost)
            name = PasswordFile.LocalHost;

        // Physical replication has no database; the file lists it under this name.
        var database = _options is { Replication: ReplicationMode.Physical, Database: null } ? "replication" : _options.EffectiveDatabase;
        return PasswordFile.Find(
            file, name, host.Port.ToString(CultureInfo.InvariantCulture), database, _options.User);
    }

    /// <summary>What concerns more than one value, blamed on the one to change if it stands in the text.</summary>
    private OptionProblem? Check()
    {
        if (OptionRules.Check(_options) is not { } problem)
            return null;

        return problem.Keyword is not null && ValueOf(problem.Keyword) is { } value
            ? value.Blame(new ValueProblem(problem.Message))
            : problem;
    }

    /// <summary>The value to use for <paramref name="keyword"/>; null where none or an empty one was given. The service and its file are
    /// needed before the environment's other variables are read, so these are looked up here.</summary>
    private OptionValue? ValueOf(string keyword)
    {
        if (_values.TryGetValue(keyword, out var value))
            return value.Text.Length > 0 ? value : null;

        return ConnectionOptionTable.Find(keyword) is ListedOption option ? FromEnvironment(option) : null;
    }

    private OptionValue? FromEnvironment(ConnectionOption option)
        => option.EnvironmentVariable is { } name && _sources.Variable(name) is { } text
            ? new OptionValue(option.Keyword, text) { Origin = $"the environment variable {name}" }
            : null;
}
