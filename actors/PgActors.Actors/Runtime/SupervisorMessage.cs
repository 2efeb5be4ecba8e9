namespace PgActors.Runtime;

/// <summary>What a supervisor is told.</summary>
internal readonly record struct SupervisorMessage<TKey>(
    SupervisorMessageKind Kind,
    TKey? Key = default,
    ISupervisedChild? Child = null,
    string? Text = null,
    RestartPolicy? Policy = null,
    long Generation = 0,
    string? Reason = null);
