using PgActors.Sessions;

namespace PgActors.Routing;

/// <summary>One signal.</summary>
internal readonly record struct LeaseSignal(
    LeaseSignalKind Kind, SessionActor? Session = null, SessionFailure? Failure = null, LeaseRequest? Request = null);
