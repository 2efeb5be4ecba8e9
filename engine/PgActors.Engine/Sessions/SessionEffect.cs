namespace PgActors.Sessions;

/// <summary>One order of the session machine: a plain value, so that a test compares it with the one it expects.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Request">For which request.</param>
/// <param name="Detail">What the kind says.</param>
public readonly record struct SessionEffect(SessionEffectKind Kind, RequestId Request = default, object? Detail = null)
{
    /// <summary>Nothing to do.</summary>
    public static SessionEffect None => default;
}
