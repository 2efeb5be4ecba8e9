namespace PgActors.Runtime;

/// <summary>
/// The one door to scheduling, time and randomness. Whoever replaces all three has replaced everything about an actor that is not its
/// input, and so can replay it.
/// </summary>
/// <param name="Dispatcher">Where turns and completions run.</param>
/// <param name="Time">The clock and the timers.</param>
/// <param name="Random">The source of jitter and of choices between equals; never of secrets. It is made thread-safe here.</param>
public sealed record ActorRuntime(Dispatcher Dispatcher, TimeProvider Time, Random Random)
{
#pragma warning disable RS0030 // This is the door that the bans on the system's clock and randomness point to.
    /// <summary>The runtime of production: the thread pool, the system's clock, the shared random generator.</summary>
    public static ActorRuntime Default { get; } = new(ThreadPoolDispatcher.Instance, TimeProvider.System, Random.Shared);
#pragma warning restore RS0030

    /// <summary>The source of jitter and of choices between equals. Safe to use from every thread; never a source of secrets.</summary>
    public Random Random { get; init => field = SynchronizedRandom.Wrap(value); } = SynchronizedRandom.Wrap(Random);
}
