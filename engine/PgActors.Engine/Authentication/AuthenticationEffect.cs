using System.Security.Cryptography;

namespace PgActors.Authentication;

/// <summary>An order of an <see cref="AuthenticationMachine"/> to its parent: a plain value, equal by content.</summary>
/// <remarks><see cref="ToString"/> shows no payload, since that may be a password.</remarks>
public readonly record struct AuthenticationEffect
{
    private readonly byte[]? _payload;
    private readonly string? _message;

    private AuthenticationEffect(AuthenticationEffectKind kind, byte[]? payload = null, string? message = null)
    {
        Kind = kind;
        _payload = payload;
        _message = message;
    }

    /// <summary>Wait.</summary>
    public static AuthenticationEffect None => default;

    /// <summary>The client is in.</summary>
    public static AuthenticationEffect Succeeded => new(AuthenticationEffectKind.Succeeded);

    /// <summary>What to do.</summary>
    public AuthenticationEffectKind Kind { get; }

    /// <summary>The bytes to send, or the salt; empty where the kind has none. Owned by the receiver.</summary>
    public byte[] Payload => _payload ?? [];

    /// <summary>The mechanism of a SASLInitialResponse.</summary>
    public SaslMechanism Mechanism { get; private init; }

    /// <summary>Rounds of a key derivation; else 0.</summary>
    public int Iterations { get; private init; }

    /// <summary>Why the client does not go on.</summary>
    public AuthenticationRefusal Refusal { get; private init; }

    /// <summary>For people: why, and what to do; empty where the kind has none. Never holds a secret.</summary>
    public string Message => _message ?? "";

    /// <summary>Whether the exchange is over, well or badly.</summary>
    public bool IsFinal => Kind switch
    {
        AuthenticationEffectKind.None => false,
        AuthenticationEffectKind.SendPassword => false,
        AuthenticationEffectKind.SendSaslInitialResponse => false,
        AuthenticationEffectKind.DeriveKeys => false,
        AuthenticationEffectKind.SendSaslResponse => false,
        AuthenticationEffectKind.Succeeded => true,
        AuthenticationEffectKind.Refused => true,
        AuthenticationEffectKind.Violation => true,
    };

    /// <summary>Send a PasswordMessage.</summary>
    public static AuthenticationEffect SendPassword(byte[] payload) => new(AuthenticationEffectKind.SendPassword, payload);

    /// <summary>Send a SASLInitialResponse.</summary>
    public static AuthenticationEffect SendSaslInitialResponse(SaslMechanism mechanism, byte[] payload)
        => new(AuthenticationEffectKind.SendSaslInitialResponse, payload) { Mechanism = mechanism };

    /// <summary>Derive keys.</summary>
    public static AuthenticationEffect DeriveKeys(byte[] salt, int iterations)
        => new(AuthenticationEffectKind.DeriveKeys, salt) { Iterations = iterations };

    /// <summary>Send a SASLResponse.</summary>
    public static AuthenticationEffect SendSaslResponse(byte[] payload) => new(AuthenticationEffectKind.SendSaslResponse, payload);

    /// <summary>Give up, by the client's own decision.</summary>
    public static AuthenticationEffect Refused(AuthenticationRefusal refusal, string message)
        => new(AuthenticationEffectKind.Refused, message: message) { Refusal = refusal };

    /// <summary>Give up, since the server broke the protocol.</summary>
    public static AuthenticationEffect Violation(string message) => new(AuthenticationEffectKind.Violation, message: message);

    /// <summary>Compares by content, payloads in constant time.</summary>
    public bool Equals(AuthenticationEffect other)
        => Kind == other.Kind
            && Mechanism == other.Mechanism
            && Iterations == other.Iterations
            && Refusal == other.Refusal
            && string.Equals(Message, other.Message, StringComparison.Ordinal)
            && CryptographicOperations.FixedTimeEquals(Payload, other.Payload);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Mechanism, Iterations, Refusal, Message, Payload.Length);

    /// <summary>The kind, and the message if there is one.</summary>
    public override string ToString() => Kind switch
    {
        AuthenticationEffectKind.None => nameof(None),
        AuthenticationEffectKind.SendPassword => nameof(SendPassword),
        AuthenticationEffectKind.SendSaslInitialResponse => $"{nameof(SendSaslInitialResponse)} {Mechanism.ToWireName()}",
        AuthenticationEffectKind.DeriveKeys => $"{nameof(DeriveKeys)} {Iterations}",
        AuthenticationEffectKind.SendSaslResponse => nameof(SendSaslResponse),
        AuthenticationEffectKind.Succeeded => nameof(Succeeded),
        AuthenticationEffectKind.Refused => $"{nameof(Refused)} {Refusal}: {Message}",
        AuthenticationEffectKind.Violation => $"{nameof(Violation)}: {Message}",
    };
}
