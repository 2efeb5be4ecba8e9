using System.Globalization;
using PgActors.Sessions;

namespace PgActors.Routing;

/// <content>Those who wait: first come, first served, and nobody for longer than agreed.</content>
public sealed partial class LeasePool
{
    // Of those who hold the sessions, so many are named to whoever gets none.
    private const int MaxNamed = 5;

    /// <summary>As <see cref="AcquireAsync(LeaseHolder, CancellationToken)"/>, for a command that may have a time of its own: the wait is a part
    /// of that.</summary>
    /// <exception cref="PgTimeoutException">That time was over before a session was free.</exception>
    internal async ValueTask<SessionActor> AcquireAsync(LeaseHolder holder, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        if (timeout is not { } limit)
            return await AcquireAsync(holder, cancellationToken).ConfigureAwait(false);
        using var deadline = new CancellationTokenSource(limit, _runtime.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await AcquireAsync(holder, either.Token).ConfigureAwait(false);
        }
        catch (PgCanceledException givenUp)
        {
            throw cancellationToken.IsCancellationRequested
                ? RequestFailure.GivenUp(_profile.Server, givenUp.Elapsed, cancellationToken)
                : RequestFailure.Overdue(limit, isOwn: true, _profile.Server, givenUp.Elapsed, null);
        }
    }

    private void OnWanted(LeaseRequest request)
    {
        if (request.IsAnswered)
            return;
        if (_isStopped)
        {
            Refuse(request, Refusal(request, Closed));
            return;
        }

        _line.Enqueue(request);
        request.HasStoodInLine = true;
        _waiting++;
        Serve();
        if (request.IsAnswered)
            return;
        if (_waiting > _settings.MaxWaiters)
        {
            Leave(request, Exhausted(
                request, $"All {_settings.MaxSessions} exclusive sessions (max_leased_sessions) are in use, and {_settings.MaxWaiters} callers "
                + "wait for one already (max_lease_waiters)."));
        }
        else if (_settings.WaitTimeout is { } timeout && !_timers.IsArmed(LeaseTimer.Wait))
        {
            _timers.Arm(LeaseTimer.Wait, timeout - Elapsed(request.Since));
        }
    }

    // Whoever waits gets what is free; if more wait than sessions are on their way, more are made.
    private void Serve()
    {
        while (NextWaiter() is { } waiter && TakeFresh() is { } entry)
        {
            _line.Dequeue();
            Grant(waiter, entry);
        }

        while (_waiting > _coming && (CheckStale() || MakeOne()))
        {
        }
    }

    private LeaseRequest? NextWaiter()
    {
        while (_line.TryPeek(out var waiter))
        {
            if (!waiter.IsAnswered)
                return waiter;
            _line.Dequeue();
        }

        return null;
    }

    private void OnWithdrawn(LeaseRequest request)
    {
        if (!request.IsAnswered)
            Leave(request, RequestFailure.GivenUp(_profile.Server, Elapsed(request.Since), request.Token));
    }

    private void OnWaitTimer(TimeSpan timeout)
    {
        while (NextWaiter() is { } waiter)
        {
            var left = timeout - Elapsed(waiter.Since);
            if (left > TimeSpan.Zero)
            {
                _timers.Arm(LeaseTimer.Wait, left);
                return;
            }

            Leave(waiter, Exhausted(
                waiter, string.Create(
                    CultureInfo.InvariantCulture,
                    $"No exclusive session was free within {timeout.TotalSeconds:0.###} s (lease_timeout): all {_settings.MaxSessions} "
                    + $"(max_leased_sessions) are in use.")));
        }
    }

    private void Leave(LeaseRequest request, Exception refusal)
    {
        if (request.HasStoodInLine)
            _waiting--;
        Refuse(request, refusal);
    }

    private void RefuseAll(SessionFailure failure)
    {
        while (NextWaiter() is { } waiter)
            Leave(waiter, Refusal(waiter, failure));
    }

    private void Grant(LeaseRequest request, LeaseEntry entry)
    {
        _waiting--;
        entry.Grant(request.Holder, Now);
        ArmWarning();
        request.Grant(entry.Session);
        _mailbox.RunAfterTurn(request);
    }

    private void Refuse(LeaseRequest request, Exception refusal)
    {
        request.Refuse(refusal);
        _mailbox.RunAfterTurn(request);
    }

    private PgPoolExhaustedException Exhausted(LeaseRequest request, string message)
    {
        var holders = _entries.Values
            .Where(entry => entry.Phase == LeasePhase.Held)
            .OrderBy(entry => entry.Since)
            .Take(MaxNamed)
            .Select(entry => string.Create(
                CultureInfo.InvariantCulture,
                $"Held for {Elapsed(entry.Since).TotalSeconds:0.###} s (server process {entry.Session.ProcessId}), taken by {entry.Holder}"));
        var waited = Elapsed(request.Since);
        return new PgPoolExhaustedException(message, waited, [.. holders], _profile.Server) { Facts = RequestFailure.Waited(waited) };
    }

    private TimeSpan Elapsed(long since) => _runtime.Time.GetElapsedTime(since);
}
