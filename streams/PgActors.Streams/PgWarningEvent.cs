namespace PgActors;

/// <summary>Something about the connection options deserves attention, such as a server whose certificate is not checked.</summary>
/// <param name="Message">What, and what to do.</param>
public sealed record PgWarningEvent(string Message) : PgEvent;
