using PgActors.Runtime;
using PgActors.Sessions;

namespace PgActors.Routing;

/// <summary>One signal.</summary>
internal readonly record struct LeaseSignal(
    LeaseSignalKind Kind,
    SessionActor? Session = null,
    object? Payload = null,
    SessionTraces Traces = SessionTraces.None,
    TimerSignal<LeaseTimer> Timer = default);
