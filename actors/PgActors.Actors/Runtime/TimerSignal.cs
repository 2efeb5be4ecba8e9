namespace PgActors.Runtime;

/// <summary>What a timer of <see cref="ActorTimers{TKey}"/> posts when it fires.</summary>
/// <param name="Key">Which timer.</param>
/// <param name="Generation">Which programming of it; <see cref="ActorTimers{TKey}.Accept"/> refuses a stale one.</param>
public readonly record struct TimerSignal<TKey>(TKey Key, long Generation)
    where TKey : struct, Enum;
