using PgActors.Rows;

namespace PgActors.Sessions;

/// <content>
/// At rest: everything is answered. To arm a receive is a system call and more, and the next command, which mostly follows at once, would pay for
/// it on its way; so it is armed behind that command's send, or when the session has been quiet for a while. What arrives meanwhile is found
/// before anything new is written, so that nothing is sent into a connection that has ended. A transport that cannot be asked listens at once.
/// </content>
public sealed partial class SessionCore
{
    // One to two of these pass between the last answer and listening: short for a notification, and one timer for hundreds of commands.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(10);

    private RestPhase _resting;
    private bool _isTimed;
    private bool _wasUsed;

    // Asked when everything that was received is worked off.
    private bool TryRest()
    {
        if (_requests.Count > 0 || _rest is not null || _isTerminating || _machine.Phase != SessionPhase.Ready || _link!.IsReceiving)
        {
            _resting = RestPhase.Busy;
            return false;
        }

        if (_resting == RestPhase.Resting)
            return true;
        if (_link.CanPoll)
            _resting = RestPhase.Resting;
        else
            Listen();
        if (!_isTimed)
            TimeQuiet();
        return true;
    }

    private void TimeQuiet()
    {
        _isTimed = true;
        _wasUsed = false;
        _host.ArmTimer(SessionTimer.Quiet, Quiet);
    }

    private void OnQuietTimer()
    {
        _isTimed = false;
        if (_resting == RestPhase.Busy)
            return;
        if (_wasUsed)
        {
            TimeQuiet();
            return;
        }

        _link!.ReleaseBuffers();
        if (_resting == RestPhase.Resting)
            Listen();
    }

    private void Listen()
    {
        _resting = RestPhase.Listening;
        _workedOff = false;
        try
        {
            _link!.BeginListen();
        }
        catch (Exception broken) when (IsTransportFault(broken))
        {
            OnLost(broken.Message);
        }
    }

    // A command has come.
    private void WakeUp()
    {
        _wasUsed = true;
        if (_resting == RestPhase.Resting)
            Glance();
        _resting = RestPhase.Busy;
    }

    private bool Glance()
    {
        try
        {
            if (!_link!.TryReceive(_pumped == default ? RowSlab.DefaultSize : _pace.SlabSize, out var bytes))
                return false;
            WorkOff(bytes);
        }
        catch (Exception broken) when (IsTransportFault(broken))
        {
            OnLost(broken.Message);
        }

        return true;
    }
}
