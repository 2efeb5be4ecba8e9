using PgActors.Batches;
using PgActors.Requests;
using PgActors.Sessions;
using PgActors.Statements;

namespace PgActors.Transactions;

/// <content>How statements become the transaction's: the first takes BEGIN along, and those that come before its end wait for it.</content>
internal sealed partial class TransactionRoute
{
    // Makes a request one of the transaction's: what is to be posted is the request, or BEGIN with the request behind it. Null if it must wait
    // until it is known whether the transaction has begun.
    private SessionRequest? Join<TRequest>(TRequest request)
        where TRequest : SessionRequest, ITransactionMember
    {
        request.Tell(this);
        while (true)
        {
            switch (Phase)
            {
                case TransactionPhase.Beginning:
                    return null;
                case TransactionPhase.NotBegun:
                    if (!Move(TransactionPhase.NotBegun, TransactionPhase.Beginning))
                        continue;
                    var begin = new BeginRequest(this, _begin);
                    begin.Lead(request);
                    _beginning = begin;
                    return begin;
                case TransactionPhase.Open:
                case TransactionPhase.Failed:
                    request.CloseOnTheWay(_portals.TryDequeue(out var portal) ? portal : default);
                    return request;
                case TransactionPhase.Ending:
                case TransactionPhase.Ended:
                    throw HasEnded();
            }
        }
    }

    // A series that has one Sync may carry BEGIN; others need a transaction that has begun.
    private SessionRequest? JoinSeries(SeriesStep first)
    {
        if (Join(first) is not { } leader)
            return null;
        if (leader != first && first is { Syncs: true, NextStep: not null })
        {
            OnNotPosted();
            return null;
        }

        for (var step = first; step is not null; step = step.NextStep)
        {
            _hold.Note(step.Statement);
            step.Tell(this);
        }

        return leader;
    }

    private async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        var nothing = RequestPool<ExecuteRequest>.Rent();
        nothing.Prepare(new PgCommand(StatementTexts.Find(""), null), null, cancellationToken);
        await Run(nothing, cancellationToken).ConfigureAwait(false);
    }

    private void AskIdentityBehind<TResult>(RequestCompletion<TResult> request)
    {
        if (_resolution is not null && _mayWrite && Identity is null && request.Statement.MayWrite && request.IsAlone
            && Interlocked.Exchange(ref _isAskingIdentity, 1) == 0)
        {
            request.Take(new IdentityRequest(this));
        }
    }

    private async ValueTask<TResult> RunWhenBegunAsync<TResult>(RequestCompletion<TResult> request, CancellationToken cancellationToken)
    {
        SessionRequest? first;
        try
        {
            do
            {
                // Not by UntilBegunAsync: thousands may wait here, and each would have a second state machine.
                var begun = Volatile.Read(in _begun);
                if (Phase == TransactionPhase.Beginning)
                    await begun.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
                CheckUsable();
            }
            while ((first = Join(request)) is null);
        }
        catch (OperationCanceledException)
        {
            request.Withdraw();
            throw new PgCanceledException(Outcome.NotSent, cancellationToken);
        }
        catch
        {
            request.Withdraw();
            throw;
        }

        return await PostMember(request, first, cancellationToken).ConfigureAwait(false);
    }

    // What BEGIN carries shares its Sync already, and fails with the error of BEGIN.
    private ValueTask<TResult> PostMember<TResult>(
        RequestCompletion<TResult> request, SessionRequest first, CancellationToken cancellationToken)
    {
        request.MayShareSync = first == request;
        AskIdentityBehind(request);
        return Post(Session, request, first, cancellationToken);
    }

    private async ValueTask UntilBegunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            // Read before the phase is looked at: what is read later may belong to a beginning that nobody has begun.
            var begun = Volatile.Read(in _begun);
            if (Phase != TransactionPhase.Beginning)
                return;
            try
            {
                await begun.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                throw RequestFailure.GivenUp(Server, null, cancellationToken);
            }
        }
    }
}
