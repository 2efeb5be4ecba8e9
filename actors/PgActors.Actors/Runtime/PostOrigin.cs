namespace PgActors.Runtime;

/// <summary>Whose thread a post comes on; it decides where the completions of a turn that runs inline may run.</summary>
public enum PostOrigin
{
    /// <summary>
    /// A caller's thread, with the caller's frames on it. Its completions go to the dispatcher: a foreign continuation must not run under a
    /// caller who may hold a lock. Only that of the message just posted, which nobody else knows, may run.
    /// </summary>
    Poster,

    /// <summary>
    /// A worker's thread without user frames, such as a socket's or a timer's callback. A single completion may run on it, which saves
    /// the answer of a lone command a thread hop.
    /// </summary>
    Worker,
}
