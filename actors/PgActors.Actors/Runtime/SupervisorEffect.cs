namespace PgActors.Runtime;

/// <summary>An order of <see cref="SupervisorMachine{TKey}"/>; a plain value, made by the members named after the kinds.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Key">Which child, for the orders about a child.</param>
/// <param name="At">When the timer is due, for <see cref="SupervisorEffectKind.ArmTimer"/>.</param>
/// <param name="Event">What to publish, for <see cref="SupervisorEffectKind.Publish"/>.</param>
public readonly record struct SupervisorEffect<TKey>(SupervisorEffectKind Kind, TKey? Key, DateTimeOffset At, SupervisionEvent? Event)
    where TKey : notnull
{
    internal static SupervisorEffect<TKey> StartChild(TKey key) => new(SupervisorEffectKind.StartChild, key, default, null);

    internal static SupervisorEffect<TKey> StopChild(TKey key) => new(SupervisorEffectKind.StopChild, key, default, null);

    internal static SupervisorEffect<TKey> ForgetChild(TKey key) => new(SupervisorEffectKind.ForgetChild, key, default, null);

    internal static SupervisorEffect<TKey> ArmTimer(DateTimeOffset at) => new(SupervisorEffectKind.ArmTimer, default, at, null);

    internal static SupervisorEffect<TKey> CancelTimer() => new(SupervisorEffectKind.CancelTimer, default, default, null);

    internal static SupervisorEffect<TKey> Publish(SupervisionEvent what) => new(SupervisorEffectKind.Publish, default, default, what);
}
