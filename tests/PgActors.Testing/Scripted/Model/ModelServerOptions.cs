using PgActors.Protocol;

namespace PgActors.Testing;

/// <summary>How a <see cref="ModelServer"/> behaves. An immutable value.</summary>
public sealed record ModelServerOptions
{
    /// <summary>How sessions start. The process id, the key, <c>application_name</c> and <c>session_authorization</c> are the server's own
    /// to fill in; a key given here is not used.</summary>
    public ScriptedStartup Startup { get; init; } = ScriptedStartup.Default;

    /// <summary>Turns start-ups away, with a FATAL error that it makes; <see langword="null"/> takes all.</summary>
    public Func<StartupMessage, PgError?>? Refuse { get; init; }

    /// <summary>What goes wrong on each connection, by its number from 1; <see langword="null"/> for nothing.</summary>
    public Func<int, ModelFaults>? Faults { get; init; }

    /// <summary>Whether connections and their statements are remembered. Not for load: they take memory for ever.</summary>
    public bool KeepsLog { get; init; } = true;

    /// <summary>Resumes a loop that waited for a release or a cancel; inline when <see langword="null"/>. See
    /// <see cref="MemoryTransport.CreatePair"/>.</summary>
    public Action<Action>? Schedule { get; init; }
}
