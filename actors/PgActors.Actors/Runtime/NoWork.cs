namespace PgActors.Runtime;

/// <summary>The work of an actor that only takes control; there is none.</summary>
internal abstract class NoWork : IMailboxWork
{
    public abstract int Bytes { get; }
}
