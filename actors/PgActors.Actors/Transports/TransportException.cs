namespace PgActors.Transports;

/// <summary>A transport could not be opened, protected or used. The message names the peer and says what to check; it never holds a
/// secret, nor a byte that an unauthenticated peer sent, except the printable names in its certificate.</summary>
public sealed class TransportException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="kind">What happened, for decisions.</param>
    /// <param name="message">What happened, for people.</param>
    /// <param name="innerException">What the system said, if it said anything.</param>
    public TransportException(TransportFailure kind, string message, Exception? innerException = null)
        : base(message, innerException)
        => Kind = kind;

    /// <summary>What happened, for decisions.</summary>
    public TransportFailure Kind { get; }
}
