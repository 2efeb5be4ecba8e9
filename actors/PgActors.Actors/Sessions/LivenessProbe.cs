namespace PgActors.Sessions;

/// <summary>An empty query: the shortest question whose answer shows that the server is there.</summary>
internal sealed class LivenessProbe : OwnRequest
{
    private static readonly SqlStatement Nothing = new("");

    public LivenessProbe()
    {
        Statement = Nothing;
        Protocol = CommandProtocol.Simple;
    }
}
