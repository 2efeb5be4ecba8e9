using PgActors.Rows;

namespace PgActors.Sessions;

/// <summary>An empty query: the shortest question whose answer shows that the server is there.</summary>
internal sealed class LivenessProbe : SessionRequest
{
    private static readonly SqlStatement Nothing = new("", []);

    public LivenessProbe()
    {
        Statement = Nothing;
        Protocol = CommandProtocol.Simple;
    }

    public override void OnDescribed(RowLayout layout)
    {
    }

    public override void OnRows(RowBatch batch, ISessionHost host) => batch.Release();

    public override void OnRunAgain()
    {
    }

    public override void OnEnded(in RequestEnd end)
    {
    }

    public override void Execute()
    {
    }
}
