namespace PgActors.Authentication;

/// <summary>What the parent of an <see cref="AuthenticationMachine"/> has to do.</summary>
public enum AuthenticationEffectKind
{
    /// <summary>Nothing: wait for the next message.</summary>
    None,

    /// <summary>Send <see cref="AuthenticationEffect.Payload"/> as a PasswordMessage (its NUL is not in it), then wipe it.</summary>
    SendPassword,

    /// <summary>Send <see cref="AuthenticationEffect.Mechanism"/> and <see cref="AuthenticationEffect.Payload"/> as a
    /// SASLInitialResponse.</summary>
    SendSaslInitialResponse,

    /// <summary>Derive keys with <see cref="AuthenticationCredentials.DeriveScramKeys"/> from <see cref="AuthenticationEffect.Payload"/>
    /// (the salt) and <see cref="AuthenticationEffect.Iterations"/>, or take them from a cache, and answer with
    /// <see cref="AuthenticationMachine.OnKeysDerived"/>.</summary>
    DeriveKeys,

    /// <summary>Send <see cref="AuthenticationEffect.Payload"/> as a SASLResponse.</summary>
    SendSaslResponse,

    /// <summary>The client is in, and everything the user's policy asks for has been proved. The end.</summary>
    Succeeded,

    /// <summary>The client does not go on, for <see cref="AuthenticationEffect.Refusal"/>. The end; close the connection.</summary>
    Refused,

    /// <summary>The server broke the protocol. The end; close the connection.</summary>
    Violation,
}
