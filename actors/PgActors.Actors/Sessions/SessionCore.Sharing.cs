using PgActors.Protocol;

namespace PgActors.Sessions;

/// <content>
/// What a shared session notices when a statement has left something behind that its text did not show, such as a SET inside a function. What
/// is on the wire already runs as it may; before anything new is sent the session is taken back to its first state, or closed.
/// </content>
public sealed partial class SessionCore
{
    // It changes with the server's role and not by anybody's doing.
    private const string ServerRole = "in_hot_standby";

    private const string SearchPath = "search_path";

    // What was noticed; null while nothing is owed. Then: the command that sets it right.
    private string? _leak;
    private DiscardRequest? _reset;

    private void OnParameter(ParameterStatus status)
    {
        if (status.Name == SearchPath)
            _commands.OnSearchPathChanged();
        if (status.Name is "DateStyle" or "TimeZone")
            OnDateTextChanged();
        if (status.Name != ServerRole)
            Notice($"its setting '{status.Name}' was changed");
    }

    private void OnNotification() => Notice("it was made to listen to notifications");

    // A reload of the server's configuration looks the same, and costs each session one reset.
    private void Notice(string leak)
    {
        if (!_profile.IsShared || _reset is not null || _isTerminating || _leak is not null)
            return;
        _leak = leak;
        _host.Report(new SessionNews(SessionNewsKind.Reset, leak));
    }

    // Whatever succeeds from here on would be told as done, and is not before somebody commits.
    private void OnFinished()
    {
        if (_profile.IsShared && Transaction != TransactionStatus.Idle)
        {
            Close(new SessionFailure(
                SessionFailureKind.Retired,
                "A statement left a transaction open on a session that others share, which was therefore closed. Use InTransactionAsync or "
                + "LeaseAsync for it."));
            return;
        }

        TakeFinished();
    }

    private void ResetWhenDone()
    {
        if (_leak is null || _reset is not null || _requests.Count > 0 || _rest is not null || _isTerminating || !_machine.AcceptsCommands)
            return;
        _reset = new DiscardRequest();
        Write(_reset);
    }

    private void OnReset(in FinishedCommand finished)
    {
        _reset = null;
        _leak = null;
        if (_failure is null && finished.End != CommandEnd.Succeeded)
        {
            Close(new SessionFailure(
                SessionFailureKind.ServerEnded,
                $"A shared session could not be reset, so its connection was closed: {finished.Error?.Message}",
                finished.Error));
        }
    }
}
