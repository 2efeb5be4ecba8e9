namespace PgActors.Authentication;

/// <summary>What <see cref="SaslPrep"/> did to a password. Only <see cref="NormalizationUnavailable"/> is an error.</summary>
public enum SaslPrepOutcome
{
    /// <summary>The password is pure ASCII, control characters included: used as it is.</summary>
    Ascii,

    /// <summary>The password was mapped and normalised.</summary>
    Prepared,

    /// <summary>SASLprep does not allow the password (not UTF-8, prohibited, unassigned in Unicode 3.2, mixed direction, or nothing left of
    /// it): its bytes are used as they are, as PostgreSQL does.</summary>
    Raw,

    /// <summary>The password needs Unicode normalisation and this process has none (globalization-invariant mode). A key made from it
    /// would not match the server's.</summary>
    NormalizationUnavailable,
}
