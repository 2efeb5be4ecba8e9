namespace PgActors;

/// <summary>Who connects, and what proves it: one belongs to the other, and both may change together.</summary>
/// <param name="User">The role to log in as.</param>
/// <param name="Password">Its password, or a token that the server takes for one; <see langword="null"/> if it needs none.</param>
public sealed record PgCredentials(string User, PgSecret? Password);
