namespace PgActors.Runtime;

/// <summary>A message of the bounded lane.</summary>
public interface IMailboxWork
{
    /// <summary>What the message holds on to, in bytes, at least 0. Read once, when it is posted.</summary>
    int Bytes { get; }

    /// <summary>Whether its poster has nothing to do before it is answered: then that thread may stay for the answer, and go on with it. Read
    /// when it is posted.</summary>
    bool IsAwaited => true;

    /// <summary>Inside a turn, and asked of what was posted by the thread that runs it: whether its poster is who that completion answers.</summary>
    bool IsCompletedBy(AfterTurnWork completion) => ReferenceEquals(this, completion);
}
