namespace PgActors.Authentication;

/// <summary>The answer to "may the client go on?".</summary>
/// <param name="Refusal">Why not, or <see cref="AuthenticationRefusal.None"/>.</param>
/// <param name="Message">For people: why it was refused and what to do. Empty when allowed. Never holds a secret.</param>
public readonly record struct AuthenticationDecision(AuthenticationRefusal Refusal, string Message)
{
    /// <summary>Go on.</summary>
    public static AuthenticationDecision Allowed { get; } = new(AuthenticationRefusal.None, "");

    /// <summary>Whether the client may go on.</summary>
    public bool IsAllowed => Refusal == AuthenticationRefusal.None;
}
