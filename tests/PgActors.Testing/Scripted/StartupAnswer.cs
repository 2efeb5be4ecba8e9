using PgActors.Protocol;

namespace PgActors.Testing;

/// <summary>What a server says to one StartupMessage (PostgreSQL documentation, "Start-up").</summary>
internal sealed class StartupAnswer
{
    private const string ProtocolOptionPrefix = "_pq_.";

    // PostgreSQL 18's MAX_CANCEL_KEY_LENGTH; before 3.2 the length was fixed.
    private const int LongKey = 32;

    private readonly ScriptedStartup _startup;

    /// <param name="asked">What the client asked for.</param>
    /// <param name="startup">What the server can do and says.</param>
    /// <param name="keySeed">Makes the keys of several sessions differ; not random, so that a run repeats.</param>
    public StartupAnswer(StartupMessage asked, ScriptedStartup startup, int keySeed = 0)
    {
        _startup = startup;
        Asked = asked;
        Version = asked.Version < startup.MaxVersion ? asked.Version : startup.MaxVersion;
        var unknown = new List<string>();
        foreach (var parameter in asked.Parameters)
        {
            if (parameter.Name.StartsWith(ProtocolOptionPrefix, StringComparison.Ordinal))
                unknown.Add(parameter.Name);
        }

        IsSupported = asked.Version.Major == startup.MaxVersion.Major;
        Prelude = asked.Version > startup.MaxVersion || unknown.Count > 0
            ? [new NegotiateProtocolVersion(Version, WireArray.Adopt(unknown.ToArray()))]
            : [];
        if (startup.SendsKey)
            Key = new BackendKeyData(startup.ProcessId, startup.SecretKey ?? CountingKey(keySeed));
    }

    /// <summary>What the client asked for.</summary>
    public StartupMessage Asked { get; }

    /// <summary>The version in force.</summary>
    public ProtocolVersion Version { get; }

    /// <summary>Whether the major versions agree; if not, there is only an error to send.</summary>
    public bool IsSupported { get; }

    /// <summary>What comes before the first authentication message.</summary>
    public IReadOnlyList<IBackendMessage> Prelude { get; }

    /// <summary>The cancel key.</summary>
    public BackendKeyData? Key { get; }

    /// <summary>From AuthenticationOk to the first ReadyForQuery.</summary>
    public IReadOnlyList<IBackendMessage> Welcome =>
    [
        new AuthenticationOk(),
        .. _startup.Settings.Select(setting => (IBackendMessage)setting),
        .. Key is { } key ? [key] : Array.Empty<IBackendMessage>(),
        new ReadyForQuery(TransactionStatus.Idle),
    ];

    public ScriptedLogin Login(ScriptedLoginOutcome outcome, string? refusal = null) => new()
    {
        Outcome = outcome,
        Startup = Asked,
        Version = Version,
        Key = outcome == ScriptedLoginOutcome.Accepted ? Key : null,
        Refusal = refusal,
    };

    private WireArray<byte> CountingKey(int seed)
    {
        var key = new byte[Version >= ProtocolVersion.Version32 ? LongKey : CancelKey.MinLength];
        for (var i = 0; i < key.Length; i++)
            key[i] = (byte)(seed + i + 1);
        return WireArray.Adopt(key);
    }
}
