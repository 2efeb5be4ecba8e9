using PgActors.Rows;
using PgActors.Sessions;

namespace PgActors.Routing;

/// <summary>What the pool itself sends on a session that nobody holds: a sign of life, or the statements that free it of what was left. Nobody
/// can cancel it.</summary>
internal sealed class LeaseErrand : SessionRequest
{
    private static readonly SqlStatement Nothing = new("", []);

    private readonly Action<bool> _done;
    private bool _succeeded;

    /// <summary>Makes an errand.</summary>
    /// <param name="text">Any number of statements; <see langword="null"/> for none, the shortest question that a server answers.</param>
    /// <param name="done">Told whether it succeeded; called outside every turn.</param>
    public LeaseErrand(string? text, Action<bool> done)
    {
        Statement = text is null ? Nothing : new SqlStatement(text);
        Protocol = CommandProtocol.Simple;
        _done = done;
    }

    public override void OnDescribed(RowLayout layout)
    {
    }

    public override void OnRows(RowBatch batch, ISessionHost host) => batch.Release();

    public override void OnRunAgain()
    {
    }

    public override void OnEnded(in RequestEnd end) => _succeeded = end.Succeeded;

    public override void Execute() => _done(_succeeded);
}
