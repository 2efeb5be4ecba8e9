using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using PgActors.Runtime;

namespace PgActors.Routing;

/// <summary>
/// Keeps the number of lanes in step with their load. It stands beside the hot path: a caller who finds the chosen lane under load tells it
/// once, and it then looks by itself until the pressure is gone. While there are no more lanes than the fewest and no pressure, it sleeps.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "An actor ends in a turn of its own: stopping disposes of the timer.")]
internal sealed class LaneGovernor : IMailboxOwner<LaneSignal, NoWork>
{
    // Three of them and the lanes grow: a third of a second of waiting is worth a session.
    private static readonly TimeSpan PauseUnderPressure = TimeSpan.FromMilliseconds(100);

    // Against half a minute of patience.
    private static readonly TimeSpan PauseInCalm = TimeSpan.FromSeconds(5);

    private readonly Mailbox<LaneSignal, NoWork> _mailbox;
    private readonly LaneScale _scale;
    private readonly LaneBounds _bounds;
    private readonly ILaneSet _lanes;
    private readonly TimeProvider _time;
    private readonly TimerSlot _timer;
    private WakeFlag _looks;
    private bool _isStopped;

    public LaneGovernor(ActorRuntime runtime, LaneBounds bounds, ILaneSet lanes)
    {
        _scale = new LaneScale(bounds);
        _bounds = bounds;
        _lanes = lanes;
        _time = runtime.Time;
        _mailbox = new Mailbox<LaneSignal, NoWork>(runtime, this, MailboxBounds.Default);
        _timer = new TimerSlot(
            runtime.Time, generation => _mailbox.PostControl(new(LaneSignalKind.Timer, generation), origin: PostOrigin.Worker));
    }

    public bool AcceptsWork => true;

    /// <summary>A caller found this load in the lane that it chose. Cheap while there is nothing to do about it.</summary>
    public void Note(int load)
    {
        if (load >= LaneScale.HighLoad && _bounds.Minimum < _bounds.Maximum && !_looks.IsOn)
            _mailbox.PostControl(new(LaneSignalKind.Pressure), allowInline: false);
    }

    /// <summary>Ends the lanes, once their number cannot change any more.</summary>
    public void Stop() => _mailbox.PostControl(new(LaneSignalKind.Stop));

    public void OnControl(in LaneSignal message)
    {
        switch (message.Kind)
        {
            case LaneSignalKind.Pressure when !_isStopped && !_looks.IsOn:
                _looks.Set();
                _timer.Arm(PauseUnderPressure);
                break;
            case LaneSignalKind.Timer when _timer.Accept(message.Generation) && !_isStopped:
                Look();
                break;
            case LaneSignalKind.Stop when !_isStopped:
                _isStopped = true;
                _timer.Dispose();
                _lanes.Stop();
                break;
        }
    }

    public void OnWork(NoWork message)
    {
    }

    public void OnTurnEnding()
    {
    }

    public void OnFault(Exception exception) => throw new InvalidOperationException("The governor of the shared sessions failed.", exception);

    private void Look()
    {
        _looks.Clear();
        var (lanes, ready, load) = _lanes.Sample();
        var seen = string.Create(CultureInfo.InvariantCulture, $"{load} commands wait or are in flight on {lanes} sessions");
        switch (_scale.OnSample(_time.GetUtcNow(), lanes, ready, load))
        {
            case LaneVerdict.Keep:
                break;
            case LaneVerdict.Grow:
                _lanes.Grow($"{seen}, and it does not get less");
                lanes++;
                break;
            case LaneVerdict.Shrink:
                _lanes.Shrink($"{seen}, and fewer have been enough for {LaneScale.Patience.TotalSeconds:0} s");
                lanes--;
                break;
        }

        if (_scale.IsUnderPressure)
        {
            _looks.Set();
            _timer.Arm(PauseUnderPressure);
        }
        else if (lanes > _bounds.Minimum)
        {
            _timer.Arm(PauseInCalm);
        }
    }
}
