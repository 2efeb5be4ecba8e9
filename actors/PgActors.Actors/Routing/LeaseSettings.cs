namespace PgActors.Routing;

/// <summary>How many exclusive sessions there may be, how long they live, and how long callers wait for one. Immutable.</summary>
public sealed record LeaseSettings
{
    /// <summary>Sessions at most; 16.</summary>
    public int MaxSessions { get; init; } = 16;

    /// <summary>Sessions that may be starting at a time: no herd at the door of a server that has just come back; 4.</summary>
    public int MaxStarts { get; init; } = 4;

    /// <summary>Callers that may wait at a time; 10,000. The next one is refused.</summary>
    public int MaxWaiters { get; init; } = 10_000;

    /// <summary>How long a caller waits at most; <see langword="null"/>: without limit. 30 seconds.</summary>
    public TimeSpan? WaitTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A session that was idle for longer must give a sign of life before it is used; <see langword="null"/>: never. 30
    /// seconds.</summary>
    public TimeSpan? ValidateAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A session that nobody wanted for so long is closed; <see langword="null"/>: never. 5 minutes.</summary>
    public TimeSpan? IdleLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A session older than this, give or take a tenth, is closed when nobody holds it; <see langword="null"/>: never. 1 hour.</summary>
    public TimeSpan? Lifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A session held for longer is reported, once, with who took it; <see langword="null"/>: never. 1 minute.</summary>
    public TimeSpan? WarnAfter { get; init; } = TimeSpan.FromMinutes(1);
}
