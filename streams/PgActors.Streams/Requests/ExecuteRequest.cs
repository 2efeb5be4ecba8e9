using PgActors.Rows;
using PgActors.Sessions;

namespace PgActors.Requests;

/// <summary>A command whose rows, if any, nobody wants.</summary>
internal sealed class ExecuteRequest : RequestCompletion<long>
{
    public override void OnDescribed(RowLayout layout)
    {
    }

    public override void OnRows(RowBatch batch, ISessionHost host) => batch.Release();

    public override void OnRunAgain()
    {
    }

    protected override long TakeResult(in FinishedCommand command) => command.Tag.Rows ?? 0;

    protected override void DropResult()
    {
    }

    protected override void ReturnToPool() => RequestPool<ExecuteRequest>.Return(this);
}
