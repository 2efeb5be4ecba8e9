using PgActors.Rows;
using PgActors.Sessions;

namespace PgActors.Requests;

/// <summary>A command of which the verb of the answer matters: COMMIT may be answered with ROLLBACK.</summary>
internal sealed class VerbRequest : RequestCompletion<string>
{
    public override void OnDescribed(RowLayout layout)
    {
    }

    public override void OnRows(RowBatch batch, ISessionHost host) => batch.Release();

    public override void OnRunAgain()
    {
    }

    protected override string TakeResult(in FinishedCommand command) => command.Tag.Verb;

    protected override void DropResult()
    {
    }

    protected override void ReturnToPool() => RequestPool<VerbRequest>.Return(this);
}
