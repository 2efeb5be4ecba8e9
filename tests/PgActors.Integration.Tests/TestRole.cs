namespace PgActors.Integration.Tests;

/// <summary>A role of the shared servers that authenticates in its own way.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Method">What pg_hba.conf asks of it.</param>
/// <param name="Encryption">How the server keeps its password; <see langword="null"/> if it has none.</param>
/// <param name="Password">Its password: each has what a URI, a quoted literal or SASLprep could stumble over.</param>
public sealed record TestRole(string Name, string Method, string? Encryption, string? Password)
{
    public static TestRole Trusted { get; } = new("trusted", "trust", null, null);

    public static TestRole Plain { get; } = new("plain", "password", "scram-sha-256", "p@ss:w/rd%20?#[]");

    public static TestRole Md5 { get; } = new("hashed", "md5", "md5", "it's \\ a hash, gr\u00FC\u00DFe");

    // SASLprep (RFC 4013) makes U+00AA an 'a' and drops U+00AD.
    public static TestRole Scram { get; } = new("scram", "scram-sha-256", "scram-sha-256", "I\u00ADX \u00AA\u2168 secret");

    public static IReadOnlyList<TestRole> All { get; } = [Trusted, Plain, Md5, Scram];

    internal IEnumerable<string> Creation => Password is null
        ? [$"CREATE ROLE {Name} LOGIN"]
        :
        [
            $"SET password_encryption = '{Encryption}'",
            $"CREATE ROLE {Name} LOGIN PASSWORD '{Password.Replace("'", "''", StringComparison.Ordinal)}'",
        ];
}
