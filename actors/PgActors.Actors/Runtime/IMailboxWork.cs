namespace PgActors.Runtime;

/// <summary>A message of the bounded lane.</summary>
public interface IMailboxWork
{
    /// <summary>What the message holds on to, in bytes, at least 0. Read once, when it is posted.</summary>
    int Bytes { get; }
}
