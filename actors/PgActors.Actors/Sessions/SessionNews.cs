namespace PgActors.Sessions;

/// <summary>Something that a server told without being asked.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Detail">A <see cref="PgError"/> for a notice, otherwise the message itself.</param>
public readonly record struct SessionNews(SessionNewsKind Kind, object Detail);
