namespace PgActors.Sessions;

/// <summary>At most two orders, carried out in this order. That no fact ever needs three is a measure of the machine's
/// simplicity.</summary>
/// <param name="First">Carried out first.</param>
/// <param name="Second">Carried out second.</param>
public readonly record struct SessionEffects(SessionEffect First, SessionEffect Second = default)
{
    /// <summary>Nothing to do.</summary>
    public static SessionEffects None => default;

    /// <summary>One order.</summary>
    public static implicit operator SessionEffects(SessionEffect effect) => new(effect);

    /// <summary>One order, by name, for languages without implicit conversions.</summary>
    public static SessionEffects FromSessionEffect(SessionEffect effect) => new(effect);
}
