namespace PgActors.Protocol;

/// <summary>The first word of every Authentication… message (PostgreSQL documentation, "Message Formats").</summary>
public enum AuthenticationCode
{
    /// <summary><see cref="AuthenticationOk"/>.</summary>
    Ok = 0,

    /// <summary><see cref="AuthenticationKerberosV4"/>.</summary>
    KerberosV4 = 1,

    /// <summary><see cref="AuthenticationKerberosV5"/>.</summary>
    KerberosV5 = 2,

    /// <summary><see cref="AuthenticationCleartextPassword"/>.</summary>
    CleartextPassword = 3,

    /// <summary><see cref="AuthenticationCryptPassword"/>.</summary>
    CryptPassword = 4,

    /// <summary><see cref="AuthenticationMd5Password"/>.</summary>
    Md5Password = 5,

    /// <summary><see cref="AuthenticationScmCredential"/>.</summary>
    ScmCredential = 6,

    /// <summary><see cref="AuthenticationGss"/>.</summary>
    Gss = 7,

    /// <summary><see cref="AuthenticationGssContinue"/>.</summary>
    GssContinue = 8,

    /// <summary><see cref="AuthenticationSspi"/>.</summary>
    Sspi = 9,

    /// <summary><see cref="AuthenticationSasl"/>.</summary>
    Sasl = 10,

    /// <summary><see cref="AuthenticationSaslContinue"/>.</summary>
    SaslContinue = 11,

    /// <summary><see cref="AuthenticationSaslFinal"/>.</summary>
    SaslFinal = 12,
}
