using PgActors.Protocol;
using PgActors.Rows;

namespace PgActors.Sessions;

/// <content>
/// Requests that cannot be tried again: in a transaction an error undoes what came before, a procedure may have committed, and others of the
/// same series may rely on what came before them. Such a request whose columns nobody knows is described before it is bound, so that no
/// column is asked for in a format that its type does not have.
/// </content>
public sealed partial class SessionCore
{
    // The last command that may have begun or ended a transaction.
    private RequestId _lastBoundary;

    // Whether something of the group that is being written would be there twice if the group ran again.
    private bool _groupIsFinal;

    // Run again, it would come behind those of its own series that were meant to see what it does.
    private bool IsFinal(SessionRequest request, SessionRequest? rest) =>
        Transaction != TransactionStatus.Idle
        || _groupIsFinal
        || request.Statement.Safety == StatementSafety.MayCommit
        || (request.Syncs && rest is not null)
        || _requests.Find(_lastBoundary) is not null;

    private bool IsUnbound(RequestId id) => _machine.Pipeline.OwesBind && id == _requests.LastId;

    private void NoteBoundary(SessionRequest request)
    {
        if (request.Statement.Verb == StatementVerb.Transaction)
            _lastBoundary = request.Id;
        _groupIsFinal = !request.Syncs && (_groupIsFinal || request.Statement.Safety != StatementSafety.RollsBack);
    }

    private void OnBindDue(SessionRequest request)
    {
        if (request.Feed is { } feed)
        {
            BeginFeeding(request, feed);
            return;
        }

        CommandWriter.WriteBind(_link!.Output.Writer, request);
        _machine.Pipeline.OnBound(request.Id);
    }

    private void OnDescribed(SessionRequest request, RowLayout layout)
    {
        // Of what is bound already the next execution alone gains.
        if (IsUnbound(request.Id))
            layout = _commands.ChooseFormats(request, layout);
        else
            _profile.Formats.Choose(request.Statement, layout, isFinal: false);
        if (request.Prepared is { } prepared)
            prepared.Layout = layout;
        request.Described = layout;
        request.OnDescribed(layout);
    }
}
