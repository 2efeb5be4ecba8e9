namespace PgActors.Requests;

/// <summary>Which came first: the end of a command, or its caller's waiting for it.</summary>
internal enum CompletionMeeting
{
    /// <summary>Neither yet.</summary>
    Nobody,

    /// <summary>The caller waits, and its code goes on when the command is completed.</summary>
    Awaited,

    /// <summary>The command is completed, or about to be, with nobody waiting.</summary>
    Ended,
}
