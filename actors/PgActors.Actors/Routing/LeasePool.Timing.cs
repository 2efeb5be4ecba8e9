namespace PgActors.Routing;

/// <content>What happens because time has passed.</content>
public sealed partial class LeasePool
{
    private readonly long _began;

    // What the timer of ages is armed for, since the pool began.
    private TimeSpan _ageDue;

    private void OnTimer(LeaseTimer timer)
    {
        switch (timer)
        {
            case LeaseTimer.Wait:
                OnWaitTimer(_settings.WaitTimeout.GetValueOrDefault());
                break;
            case LeaseTimer.Errand:
                OnErrandTimer();
                break;
            case LeaseTimer.Age:
                OnAgeTimer();
                break;
            case LeaseTimer.Warning:
                OnWarningTimer(_settings.WarnAfter.GetValueOrDefault());
                break;
        }
    }

    // A server that does not answer the pool would not answer a caller either.
    private void OnErrandTimer()
    {
        var next = TimeSpan.MaxValue;
        foreach (var entry in _entries.Values)
        {
            if (entry.Phase is not (LeasePhase.Checking or LeasePhase.Resetting))
                continue;
            var left = _profile.CancelTimeout - Elapsed(entry.Since);
            if (left <= TimeSpan.Zero)
                Close(entry);
            else if (left < next)
                next = left;
        }

        if (next < TimeSpan.MaxValue)
            _timers.Arm(LeaseTimer.Errand, next);
        Serve();
    }

    private TimeSpan AgeLeft(LeaseEntry entry)
    {
        var lifetime = entry.Lifetime == TimeSpan.MaxValue ? TimeSpan.MaxValue : entry.Lifetime - Elapsed(entry.Born);
        var idle = _settings.IdleLifetime is { } limit ? limit - Elapsed(entry.Since) : TimeSpan.MaxValue;
        return lifetime < idle ? lifetime : idle;
    }

    // Armed for the first to go; one that is taken meanwhile only makes it fire in vain.
    private void ArmAge(TimeSpan left)
    {
        if (left == TimeSpan.MaxValue)
            return;
        var due = Elapsed(_began) + left;
        if (_timers.IsArmed(LeaseTimer.Age) && due >= _ageDue)
            return;
        _ageDue = due;
        _timers.Arm(LeaseTimer.Age, left);
    }

    private void OnAgeTimer()
    {
        var next = TimeSpan.MaxValue;
        for (var i = _idle.Count - 1; i >= 0; i--)
        {
            var entry = _idle[i];
            var left = AgeLeft(entry);
            if (left <= TimeSpan.Zero)
            {
                _idle.RemoveAt(i);
                Close(entry);
            }
            else if (left < next)
            {
                next = left;
            }
        }

        ArmAge(next);
    }

    private void ArmWarning()
    {
        if (_settings.WarnAfter is { } limit && !_timers.IsArmed(LeaseTimer.Warning))
            _timers.Arm(LeaseTimer.Warning, limit);
    }

    private void OnWarningTimer(TimeSpan limit)
    {
        var next = TimeSpan.MaxValue;
        foreach (var entry in _entries.Values)
        {
            if (entry.Phase != LeasePhase.Held || entry.IsReported)
                continue;
            var held = Elapsed(entry.Since);
            if (held >= limit)
            {
                entry.IsReported = true;
                _report(new LeaseReport(entry.Session.Name, entry.Session.ProcessId, entry.Holder.GetValueOrDefault(), held));
            }
            else if (limit - held < next)
            {
                next = limit - held;
            }
        }

        if (next < TimeSpan.MaxValue)
            _timers.Arm(LeaseTimer.Warning, next);
    }
}
