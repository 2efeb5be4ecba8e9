using PgActors.Rows;

namespace PgActors.Sessions;

/// <summary>A command that nobody awaits: the session's own, or one whose caller has been answered already.</summary>
internal abstract class OwnRequest : SessionRequest
{
    public sealed override void OnDescribed(RowLayout layout)
    {
    }

    public sealed override void OnRows(RowBatch batch, ISessionHost host) => batch.Release();

    public sealed override void OnRunAgain()
    {
    }

    public sealed override void OnEnded(in RequestEnd end)
    {
    }

    public sealed override void Execute()
    {
    }
}
