namespace PgActors;

/// <summary>
/// Whether the connection may be encrypted by GSSAPI: libpq's <c>gssencmode</c>. PgActors encrypts by TLS only, so that both values mean
/// "no GSSAPI encryption", and <c>require</c> is refused.
/// </summary>
public enum GssEncryptionMode
{
    /// <summary><c>disable</c>: never.</summary>
    Disable,

    /// <summary><c>prefer</c>, libpq's default: accepted so that its texts work; behaves as <see cref="Disable"/>.</summary>
    Prefer,
}
