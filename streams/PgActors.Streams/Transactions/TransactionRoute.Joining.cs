using PgActors.Batches;
using PgActors.Requests;
using PgActors.Sessions;
using PgActors.Statements;

namespace PgActors.Transactions;

/// <content>How statements become the transaction's: the first takes BEGIN along, and those that come before its end wait for it.</content>
internal sealed partial class TransactionRoute
{
    // Makes a request one of the transaction's: what is to be posted is the request, or BEGIN with the request behind it. Null if it must wait
    // in line, which whoever is next there need not.
    private SessionRequest? Join<TRequest>(TRequest request, bool isNext)
        where TRequest : SessionRequest, ITransactionMember
    {
        request.Tell(this);
        while (true)
        {
            var phase = Phase;
            if (phase == TransactionPhase.Beginning || (_line.IsClosed && !isNext))
                return null;
            switch (phase)
            {
                case TransactionPhase.NotBegun:
                    if (!Move(TransactionPhase.NotBegun, TransactionPhase.Beginning))
                        continue;
                    _line.Hold();
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
    private SessionRequest? JoinSeries(SeriesStep first, bool isNext)
    {
        if (Join(first, isNext) is not { } leader)
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

    // Begins by itself, unless it turns out that somebody else does.
    private async ValueTask BeginAsync(bool isNext, CancellationToken cancellationToken)
    {
        var nothing = RequestPool<ExecuteRequest>.Rent();
        nothing.Prepare(new PgCommand(StatementTexts.Find(""), null), null, cancellationToken);
        if (Join(nothing, isNext) is { } first)
            await PostMember(nothing, first, cancellationToken).ConfigureAwait(false);
        else
            nothing.Withdraw();
    }

    private void AskIdentityBehind<TResult>(RequestCompletion<TResult> request)
    {
        if (_resolution is not null && _mayWrite && Identity is null && request.Statement.MayWrite && request.IsAlone
            && Interlocked.Exchange(ref _isAskingIdentity, 1) == 0)
        {
            request.Take(new IdentityRequest(this));
        }
    }

    /// <summary>Posts a request whose turn in the line it is.</summary>
    public async ValueTask PassAsync<TResult>(RequestCompletion<TResult> request)
    {
        Exception? refusal;
        try
        {
            CheckUsable();

            // Its caller is somebody else, and those behind it wait for this thread.
            request.IsAwaited = false;
            var first = Join(request, isNext: true)!;
            Complete(request, first);
            refusal = await PostAsync(Session, first, CancellationToken.None).ConfigureAwait(false);
        }
        catch (PgException unusable)
        {
            refusal = unusable;
        }

        if (refusal is not null)
            request.Refuse(refusal, _hold.Pool.Runtime.Dispatcher);
    }

    private async ValueTask<TResult> RunWhenBegunAsync<TResult>(RequestCompletion<TResult> request, CancellationToken cancellationToken)
    {
        BeginPlace? place = null;
        ValueTask<TResult> answer;
        try
        {
            SessionRequest? first;
            do
            {
                place = await _line.EnterAsync(cancellationToken).ConfigureAwait(false);
                CheckUsable();
            }
            while ((first = Join(request, isNext: place is not null)) is null);
            answer = PostMember(request, first, cancellationToken);
        }
        catch
        {
            request.Withdraw();
            throw;
        }
        finally
        {
            place?.Dispose();
        }

        return await answer.ConfigureAwait(false);
    }

    private ValueTask<TResult> PostMember<TResult>(
        RequestCompletion<TResult> request, SessionRequest first, CancellationToken cancellationToken)
    {
        Complete(request, first);
        return Post(Session, request, first, cancellationToken);
    }

    private void Complete<TResult>(RequestCompletion<TResult> request, SessionRequest first)
    {
        // What BEGIN carries shares its Sync already, and fails with the error of BEGIN.
        request.MayShareSync = first == request;
        AskIdentityBehind(request);
    }

    // Until nothing of it waits that came before.
    private async ValueTask UntilBegunAsync(CancellationToken cancellationToken)
    {
        do
            (await _line.EnterAsync(cancellationToken).ConfigureAwait(false))?.Dispose();
        while (Phase == TransactionPhase.Beginning);
    }
}
