namespace PgActors.Authentication;

/// <summary>Where an <see cref="AuthenticationMachine"/> stands.</summary>
public enum AuthenticationPhase
{
    /// <summary>The StartupMessage is out. Leaves to any other phase.</summary>
    AwaitingRequest,

    /// <summary>The password or its MD5 hash was sent. Leaves to <see cref="Succeeded"/> or <see cref="Failed"/>.</summary>
    PasswordSent,

    /// <summary>The first SCRAM message was sent. Leaves to <see cref="DerivingKeys"/>, <see cref="AwaitingSaslFinal"/> (keys were given)
    /// or <see cref="Failed"/>.</summary>
    AwaitingSaslContinue,

    /// <summary>Keys are being derived elsewhere. Leaves to <see cref="AwaitingSaslFinal"/> or <see cref="Failed"/>.</summary>
    DerivingKeys,

    /// <summary>The proof was sent. Leaves to <see cref="SaslVerified"/> or <see cref="Failed"/>.</summary>
    AwaitingSaslFinal,

    /// <summary>The server proved that it knows the password. Leaves to <see cref="Succeeded"/> or <see cref="Failed"/>.</summary>
    SaslVerified,

    /// <summary>The client is in. The end.</summary>
    Succeeded,

    /// <summary>The exchange was refused or broken. The end.</summary>
    Failed,
}
