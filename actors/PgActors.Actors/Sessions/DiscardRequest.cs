namespace PgActors.Sessions;

/// <summary>Takes a session back to the state in which it started: settings, prepared statements, cursors, subscriptions, advisory locks,
/// temporary objects (PostgreSQL documentation, "DISCARD").</summary>
internal sealed class DiscardRequest : OwnRequest
{
    private static readonly SqlStatement DiscardAll = new("DISCARD ALL");

    public DiscardRequest()
    {
        Statement = DiscardAll;
        Protocol = CommandProtocol.Simple;
    }
}
