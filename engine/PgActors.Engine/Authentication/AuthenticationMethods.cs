namespace PgActors.Authentication;

/// <summary>Ways in which a server may ask a client who it is: the words of libpq's <c>require_auth</c>.</summary>
[Flags]
public enum AuthenticationMethods
{
    /// <summary>No method at all. Not the word <c>none</c>, which is <see cref="NoChallenge"/>.</summary>
    Nothing = 0,

    /// <summary><c>password</c>: the password itself.</summary>
    Cleartext = 1,

    /// <summary><c>md5</c>: an MD5 hash of the password.</summary>
    Md5 = 2,

    /// <summary><c>gss</c>: Kerberos, through GSSAPI.</summary>
    Gss = 4,

    /// <summary><c>sspi</c>: Windows' Negotiate.</summary>
    Sspi = 8,

    /// <summary><c>scram-sha-256</c>, with or without channel binding.</summary>
    ScramSha256 = 16,

    /// <summary><c>oauth</c>: a bearer token.</summary>
    OAuth = 32,

    /// <summary><c>none</c>: the server lets the client in without asking (trust, peer, cert).</summary>
    NoChallenge = 64,

    /// <summary>Every method.</summary>
    All = Cleartext | Md5 | Gss | Sspi | ScramSha256 | OAuth | NoChallenge,
}
