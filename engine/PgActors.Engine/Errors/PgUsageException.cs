namespace PgActors;

/// <summary>A call asked for something that PgActors does not do that way. Nothing was sent; the message names the call to use.</summary>
public sealed class PgUsageException : PgException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was asked for, why not, and what to do.</param>
    /// <param name="inner">What caused it, if that says more.</param>
    public PgUsageException(string message, Exception? inner = null)
        : base(message, Outcome.NotSent, null, inner)
    {
    }
}
