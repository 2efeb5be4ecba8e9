namespace PgActors;

/// <summary>A server sent a notice or a warning.</summary>
/// <param name="Session">Which session heard it.</param>
/// <param name="Notice">What it said.</param>
public sealed record PgNoticeEvent(string Session, PgError Notice) : PgEvent;
