using PgActors.Requests;
using PgActors.Sessions;
using PgActors.Statements;

namespace PgActors.Transactions;

/// <content>COMMIT, ROLLBACK, savepoints: what they were answered, and what is known if they were not.</content>
internal sealed partial class TransactionRoute
{
    private const string CommitVerb = "COMMIT";

    private static readonly SqlStatement Commit = new(CommitVerb);
    private static readonly SqlStatement Rollback = new("ROLLBACK");

    /// <summary>Commits, and says what became of it.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await UntilBegunAsync(cancellationToken).ConfigureAwait(false);
        if (Move(TransactionPhase.NotBegun, TransactionPhase.Ended))
        {
            _release();
            return;
        }

        if (_firstError is not null || !Move(TransactionPhase.Open, TransactionPhase.Ending))
        {
            await RefuseCommitAsync().ConfigureAwait(false);
            return;
        }

        var began = _hold.Pool.Runtime.Time.GetTimestamp();
        string verb;
        try
        {
            verb = await SendCommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PgCanceledException cancelled) when (cancelled.Outcome == Outcome.NotSent)
        {
            Move(TransactionPhase.Ending, TransactionPhase.Open);
            throw;
        }
        catch (Exception failure) when (failure is PgException or PgCanceledException)
        {
            End();
            await JudgeAsync(failure).ConfigureAwait(false);
            return;
        }

        End();
        if (verb != CommitVerb)
        {
            throw new PgTransactionException(
                $"COMMIT was answered with '{verb}': the transaction had failed, and nothing of it is left.{FirstErrorText}",
                Outcome.RolledBack,
                Server,
                _firstError?.ToException())
            {
                Facts = new FailureFacts
                {
                    Phase = CommandPhase.Completing,
                    Transaction = Session.Transaction,
                    Elapsed = _hold.Pool.Runtime.Time.GetElapsedTime(began),
                },
            };
        }
    }

    /// <summary>Rolls back. It does not fail: without its connection the server rolls back too.</summary>
    public async Task RollbackAsync()
    {
        if (Phase == TransactionPhase.Beginning && !_hold.IsReleased)
        {
            _beginning?.Cancel();
            Session.CancelAll();
        }

        await UntilBegunAsync(CancellationToken.None).ConfigureAwait(false);
        if (Move(TransactionPhase.NotBegun, TransactionPhase.Ended))
        {
            _release();
            return;
        }

        if (!Move(TransactionPhase.Open, TransactionPhase.Ending) && !Move(TransactionPhase.Failed, TransactionPhase.Ending))
            return;
        try
        {
            if (!_hold.IsReleased)
                await SendRollbackAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is PgException or PgCanceledException)
        {
        }
        finally
        {
            End();
        }
    }

    /// <summary>Runs a statement about a savepoint: also in a failed transaction, where only those are of use.</summary>
    public async Task RunSavepointAsync(string text, bool heals, CancellationToken cancellationToken)
    {
        var request = RequestPool<ExecuteRequest>.Rent();
        request.Prepare(new PgCommand(StatementTexts.Find(text), null), null, cancellationToken);
        if (!heals || Phase != TransactionPhase.Failed)
        {
            try
            {
                CheckUsable();
            }
            catch
            {
                request.Withdraw();
                throw;
            }

            await Run(request, cancellationToken).ConfigureAwait(false);
            return;
        }

        await Post(Session, request, request, cancellationToken).ConfigureAwait(false);
        _firstError = null;
        Move(TransactionPhase.Failed, TransactionPhase.Open);
    }

    private async Task RefuseCommitAsync()
    {
        if (Phase is TransactionPhase.Ending or TransactionPhase.Ended)
            CheckUsable();
        var error = _firstError;
        await RollbackAsync().ConfigureAwait(false);
        throw new PgTransactionException(
            $"The transaction had failed, and was rolled back instead of committed.{FirstErrorText}",
            Outcome.RolledBack,
            Server,
            error?.ToException());
    }

    private ValueTask<string> SendCommitAsync(CancellationToken cancellationToken)
    {
        var request = RequestPool<VerbRequest>.Rent();
        request.Prepare(new PgCommand(Commit, null), null, cancellationToken);

        // With a Sync of its own, so that its answer is on its way before the server begins with COMMIT.
        if (_resolution is null || !_mayWrite || Identity is not null)
            return Post(Session, request, request, cancellationToken);
        var question = new IdentityRequest(this);
        question.Lead(request);
        return Post(Session, request, question, cancellationToken);
    }

    private async ValueTask SendRollbackAsync()
    {
        // What still runs for a transaction that is given up only delays it.
        if (Session.Load > 0)
            Session.CancelAll();
        else if (Session.Transaction == Protocol.TransactionStatus.Idle)
            return;
        var request = RequestPool<VerbRequest>.Rent();
        request.Prepare(new PgCommand(Rollback, null), null, CancellationToken.None);
        await Post(Session, request, request, CancellationToken.None).ConfigureAwait(false);
    }

    private void End()
    {
        if (Move(TransactionPhase.Ending, TransactionPhase.Ended))
            _release();
    }

    private async Task JudgeAsync(Exception failure)
    {
        var outcome = failure switch
        {
            PgException known => known.Outcome,
            PgCanceledException cancelled => cancelled.Outcome,
            _ => Outcome.Unknown,
        };
        switch (outcome)
        {
            case Outcome.NotSent:
                throw new PgTransactionException(
                    "The connection was lost before COMMIT was sent: nothing of the transaction is left.", Outcome.RolledBack, Server, failure);
            case Outcome.RolledBack:
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
                break;
            case Outcome.Unknown:
                await ResolveAsync(failure).ConfigureAwait(false);
                break;
        }
    }

    private async Task ResolveAsync(Exception failure)
    {
        var fate = _resolution is { } limit
            ? await new CommitResolver(_hold.Pool, limit).ResolveAsync(Identity, Session.ProcessId).ConfigureAwait(false)
            : CommitFate.Unknown("the option commit_resolution is off.");
        switch (fate.Kind)
        {
            case CommitFateKind.Committed:
                return;
            case CommitFateKind.Aborted:
                throw new PgTransactionException(
                    "The connection was lost before the transaction was committed: the server says that it was aborted, and nothing of it is left.",
                    Outcome.RolledBack,
                    Server,
                    failure);
            case CommitFateKind.Unknown:
                throw new PgCommitUnknownException(fate.Reason, Identity, Server, failure);
        }
    }
}
