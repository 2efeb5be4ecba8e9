namespace PgActors.Authentication;

/// <summary>Whether a message of a SCRAM exchange was accepted.</summary>
/// <param name="Failure">What was wrong, or <see cref="ScramFailure.None"/>.</param>
/// <param name="Message">For people; empty when accepted. Never holds a secret.</param>
public readonly record struct ScramResult(ScramFailure Failure, string Message)
{
    /// <summary>The message was accepted.</summary>
    public static ScramResult Accepted { get; } = new(ScramFailure.None, "");

    /// <summary>Whether the message was accepted.</summary>
    public bool IsAccepted => Failure == ScramFailure.None;
}
