using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using PgActors.Connections;

namespace PgActors;

/// <content>Texts: parsing, writing, checking, and what is sent at start-up.</content>
public sealed partial record PgConnectionOptions
{
    /// <summary>The length that a server accepts after the length word of a start-up packet (MAX_STARTUP_PACKET_LENGTH in pqcomm.h).
    /// </summary>
    private const int MaxStartupBytes = 10_000;

    /// <summary>What a bare value of keyword/value text cannot hold as it is.</summary>
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(" \t\n\v\f\r'\\");

    /// <summary>
    /// Reads a URI (<c>postgres://user@host/database?sslmode=verify-full</c>) or keyword/value text (<c>host=… user=…</c>), by libpq's
    /// rules. A value in the text wins over the service file, that over the environment, that over the default; an empty value means the
    /// default. Without a password in any of these, the password file is looked up.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="sources">The environment and files; null: <see cref="ConnectionSources.None"/>, the text alone.</param>
    /// <returns>The options, checked.</returns>
    /// <exception cref="PgOptionsException">Something was refused; the message points at it and holds no secret.</exception>
    public static PgConnectionOptions Parse(string text, ConnectionSources? sources = null)
        => TryParse(text, sources, out var options, out var error) ? options : throw error;

    /// <summary>As <see cref="Parse"/>, without throwing what was refused.</summary>
    /// <param name="text">The text.</param>
    /// <param name="sources">The environment and files; null: <see cref="ConnectionSources.None"/>, the text alone.</param>
    /// <param name="options">The options, checked; null on failure.</param>
    /// <param name="error">Why it was refused; null on success.</param>
    /// <returns>Whether the text was accepted.</returns>
    public static bool TryParse(
        string text,
        ConnectionSources? sources,
        [NotNullWhen(true)] out PgConnectionOptions? options,
        [NotNullWhen(false)] out PgOptionsException? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        var problem = OptionResolver.Resolve(text, sources ?? ConnectionSources.None, out var resolved);
        options = problem is null ? resolved : null;
        error = problem is null ? null : new PgOptionsException(problem, text);
        return problem is null;
    }

    /// <summary>Checks every value and how they fit together. Cheap enough to call before each use.</summary>
    /// <exception cref="PgOptionsException">A value is out of its range, or two contradict each other.</exception>
    public void Validate()
    {
        if (OptionRules.Check(this) is { } problem)
            throw new PgOptionsException(problem);
    }

    /// <summary>
    /// The name and value pairs of the start-up packet, in libpq's order: user, database, replication, options, application_name,
    /// client_encoding, then <see cref="Settings"/>.
    /// </summary>
    /// <returns>The pairs; every text is free of NUL, and all fit into one start-up packet.</returns>
    /// <exception cref="PgOptionsException">The options are not valid, or their texts exceed the 10,000 bytes of a start-up packet.
    /// </exception>
    public IReadOnlyList<KeyValuePair<string, string>> StartupParameters()
    {
        Validate();
        var pairs = new List<KeyValuePair<string, string>> { new("user", User), new("database", EffectiveDatabase) };
        AddIfSet("replication", Replication switch
        {
            ReplicationMode.None => null,
            ReplicationMode.Physical => "true",
            ReplicationMode.Logical => "database",
        });
        AddIfSet("options", Options);
        AddIfSet("application_name", ApplicationName ?? FallbackApplicationName);
        pairs.Add(new("client_encoding", ClientEncoding));
        pairs.AddRange(Settings);

        // The version word, each text with its NUL, and the NUL that ends the list.
        var bytes = sizeof(int) + pairs.Sum(p => (long)Encoding.UTF8.GetByteCount(p.Key) + Encoding.UTF8.GetByteCount(p.Value) + 2) + 1;
        if (bytes > MaxStartupBytes)
        {
            throw new PgOptionsException(new OptionProblem(
                $"The start-up packet would have {bytes} bytes, and a server refuses more than {MaxStartupBytes}. Shorten 'options', "
                + "'application_name' or the settings."));
        }

        return pairs;

        void AddIfSet(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                pairs.Add(new(name, value));
        }
    }

    /// <summary>
    /// The options as keyword/value text, without passwords, <see cref="Settings"/> and what has its default value. <see cref="Parse"/>
    /// reads it back to equal options, apart from these.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var option in ConnectionOptionTable.All)
        {
            // Hosts are always written: their default depends on the machine that reads the text.
            if (option.Write(this) is not { } value
                || (option is not ListedOption && value == option.Write(ConnectionOptionTable.Defaults)))
            {
                continue;
            }

            text.Append(text.Length > 0 ? " " : "").Append(option.Keyword).Append('=');
            AppendQuoted(text, value);
        }

        return text.ToString();
    }

    private static void AppendQuoted(StringBuilder text, string value)
    {
        if (value.Length > 0 && !value.AsSpan().ContainsAny(NeedQuotes))
        {
            text.Append(value);
            return;
        }

        text.Append('\'');
        foreach (var c in value)
            text.Append(c is '\'' or '\\' ? "\\" : "").Append(c);
        text.Append('\'');
    }
}
