namespace PgActors.Authentication;

/// <summary>What was wrong with a message of a SCRAM exchange.</summary>
public enum ScramFailure
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The message came when another, or none, was due.</summary>
    OutOfOrder,

    /// <summary>The message is too long, or its attributes are not what RFC 5802 prescribes, in that order.</summary>
    Malformed,

    /// <summary>The message has an extension (<c>m=</c>) that its receiver must understand.</summary>
    MandatoryExtension,

    /// <summary>The nonce has characters that are not allowed, is longer than 1 KiB, or does not begin with the peer's own nonce.</summary>
    NonceInvalid,

    /// <summary>The server added nothing of its own to the client's nonce.</summary>
    NonceNotExtended,

    /// <summary>The salt is not base64, is empty, or is longer than 1 KiB.</summary>
    SaltInvalid,

    /// <summary>The iteration count is not a decimal number of 1 … 2³¹-1.</summary>
    IterationsInvalid,

    /// <summary>The iteration count is above the client's cap.</summary>
    TooManyIterations,

    /// <summary>The server ended the exchange with <c>e=</c>.</summary>
    ServerError,

    /// <summary>The server's signature is wrong: it does not know the password.</summary>
    SignatureMismatch,

    /// <summary>The client's proof is wrong: it does not know the password. Seen by servers.</summary>
    ProofMismatch,

    /// <summary>What the client said of channel binding contradicts the channel, or the binding data differs. Seen by servers.</summary>
    ChannelBindingMismatch,
}
