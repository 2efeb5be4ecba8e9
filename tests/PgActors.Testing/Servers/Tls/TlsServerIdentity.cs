namespace PgActors.Testing;

/// <summary>Which certificate a test server shows, and so which mistake a client must find.</summary>
public enum TlsServerIdentity
{
    /// <summary>A right one: for localhost, 127.0.0.1 and ::1, signed by <see cref="TlsFiles.AuthorityFile"/>.</summary>
    Valid,

    /// <summary>Signed by the authority and in time, but for the host <c>elsewhere.invalid</c> only.</summary>
    WrongHost,

    /// <summary>Right, but it ended yesterday.</summary>
    Expired,

    /// <summary>Right, but it begins in a day.</summary>
    NotYetValid,

    /// <summary>Right host and time, but signed by another authority than <see cref="TlsFiles.AuthorityFile"/>.</summary>
    OtherAuthority,

    /// <summary>The host only in the subject's common name (localhost), and no subject alternative name at all.</summary>
    CommonNameOnly,
}
