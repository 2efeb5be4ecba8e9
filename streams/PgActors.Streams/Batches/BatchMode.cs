namespace PgActors;

/// <summary>Whether the commands of a batch share a fate. It decides where the Syncs stand (PostgreSQL documentation, "Pipelining"): between
/// two of them everything is one transaction.</summary>
public enum BatchMode
{
    /// <summary>Each command has a Sync, and so a transaction and a fate of its own: one that fails undoes nothing of the others. They run in
    /// their order. One whose prepared statement was stale, say because its table has just been changed, runs again only if that keeps the
    /// order; if others behind it have taken effect, it ends with the server's error, rolled back. Inside a transaction that is open already, a
    /// failure aborts that transaction, and with it what the others did.</summary>
    Independent,

    /// <summary>One Sync behind all of them: they are one transaction. If one fails, those before it are undone and those behind it are not
    /// run.</summary>
    Atomic,
}
