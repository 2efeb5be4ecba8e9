namespace PgActors.Authentication;

/// <summary>Why the client would not go on with authentication. Every refusal happens before the secret it protects is sent.</summary>
public enum AuthenticationRefusal
{
    /// <summary>Not refused.</summary>
    None,

    /// <summary><c>require_auth</c> does not allow the method that the server asked for, or requires one that it did not ask for.</summary>
    MethodNotAllowed,

    /// <summary>The server asked for the password, or an MD5 hash of it, over a channel that anyone on the way can read.</summary>
    InsecureChannel,

    /// <summary><c>channel_binding=require</c> and this exchange is not, or cannot be, bound to the TLS channel.</summary>
    ChannelBindingRequired,

    /// <summary>The server offered channel binding without TLS: somebody between ended TLS, or the server is broken.</summary>
    ChannelBindingWithoutTls,

    /// <summary>The server asks for a password and none was given.</summary>
    NoPassword,

    /// <summary>The password needs Unicode normalisation, which this process lacks.</summary>
    NormalizationUnavailable,

    /// <summary>This client does not know the method or mechanism.</summary>
    MethodNotSupported,

    /// <summary>The server asks for more rounds of key derivation than the client's cap.</summary>
    TooManyIterations,

    /// <summary>The server could not, or did not, prove that it knows the password: it may be an impostor.</summary>
    ServerNotProven,

    /// <summary>The server ended the SCRAM exchange with an error of its own.</summary>
    ServerError,
}
