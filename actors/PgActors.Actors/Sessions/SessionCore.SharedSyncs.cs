using PgActors.Protocol;

namespace PgActors.Sessions;

/// <content>
/// Statements of one transaction that come together. A Sync costs the server two to three times what a short statement does: it ends nothing
/// inside a transaction block, but has the answers sent, and a packet and a wake-up for each. So where the same statement is posted many times
/// in a row, and one turn writes them, some share a Sync, which moves behind the last of them. Others keep theirs: an answer must not wait for
/// a statement that may take long where the one before it does not.
/// </content>
public sealed partial class SessionCore
{
    // Enough that the Syncs do not count any more, and few enough that answers come all the time: some hundred microseconds of work.
    private const int MostPerSync = 100;

    // The command written last, if its Sync is the last thing that was written and can be taken back, and how many share that Sync.
    private SessionRequest? _syncedLast;
    private int _syncEnd;
    private int _perSync;

    // The command whose Sync was taken back, because this one's will do.
    private SessionRequest? TryPutOffSync(SessionRequest request)
    {
        var before = _syncedLast;
        _syncedLast = null;
        var writer = _link!.Output.Writer;
        if (before is null || !IsShareable(request) || before.Statement != request.Statement || _perSync >= MostPerSync || writer.Length != _syncEnd)
        {
            _perSync = 0;
            return null;
        }

        writer.Truncate(_syncEnd - CommandEncoder.SyncLength);
        _machine.Pipeline.OnSyncPutOff();
        before.PutOffSync();
        return before;
    }

    private void PutSyncBack(SessionRequest before)
    {
        CommandEncoder.WriteSync(_link!.Output.Writer);
        _machine.Pipeline.OnSyncPutBack();
        before.KeepSync();
    }

    private void NoteSync(SessionRequest request, in CommandShape shape)
    {
        if (!IsShareable(request) || shape is not { Protocol: CommandProtocol.Extended, Syncs: true, DescribesFirst: false, RowLimit: 0 })
            return;
        (_syncedLast, _syncEnd) = (request, _link!.Output.Writer.Length);
        _perSync++;
    }

    // A turn has ended, and what it wrote is on its way.
    private void ForgetSync() => _syncedLast = null;

    private bool IsShareable(SessionRequest request) =>
        request is { MayShareSync: true, Syncs: true, Following: null } && _rest is null && Transaction == TransactionStatus.InTransaction;
}
