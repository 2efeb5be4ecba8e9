using PgActors.Batches;
using PgActors.Queries;
using PgActors.Requests;
using PgActors.Runtime;
using PgActors.Sessions;

namespace PgActors.Routes;

/// <summary>Where the commands of a <see cref="PgCommands"/> go: to shared sessions, to a leased one, into a transaction.</summary>
internal abstract class CommandRoute
{
    /// <summary>Host and port of the server that it leads to.</summary>
    public abstract string Server { get; }

    /// <summary>Refuses what must not go this way, before anything of it is sent.</summary>
    /// <exception cref="PgUsageException">The statement must not go this way; the message names the call to use.</exception>
    public abstract void Check(SqlStatement statement);

    /// <summary>Takes over a prepared and checked request: posts it, waiting for room, or withdraws it.</summary>
    /// <returns>Its answer.</returns>
    public abstract ValueTask<TResult> Run<TResult>(RequestCompletion<TResult> request, CancellationToken cancellationToken);

    /// <summary>Posts a checked series, of which the first command is named, waiting for room.</summary>
    /// <returns><see langword="null"/> if a session has them; otherwise why none has, and none ever will.</returns>
    public abstract ValueTask<Exception?> PostAsync(SeriesStep first, CancellationToken cancellationToken);

    /// <summary>The same route, which as long as it can leads to the same session, so that what goes this way keeps its order.</summary>
    public virtual CommandRoute Pin() => this;

    /// <summary>Opens an execution of a checked query. Nothing is sent before its first batch is asked for.</summary>
    public abstract RowFeed Open(RowStreamPlan plan, CancellationToken cancellationToken);

    /// <summary>Posts a request to a session as soon as there is room.</summary>
    /// <param name="session">The session.</param>
    /// <param name="request">The request.</param>
    /// <param name="first">Itself, or what it follows.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <returns>Its answer.</returns>
    protected ValueTask<TResult> Post<TResult>(
        SessionActor session, RequestCompletion<TResult> request, SessionRequest first, CancellationToken cancellationToken) =>
        session.TryPost(first) switch
        {
            PostResult.Accepted => request.OnAccepted(),
            PostResult.Full => PostWhenRoomAsync(session, request, first, cancellationToken),
            PostResult.Closed when Instead(session) is { } other => Post(other, request, first, cancellationToken),
            PostResult.Closed when TakesUnsent(session, first) => request.OnAccepted(),
            PostResult.Closed => Refuse(session, request, first),
        };

    /// <summary>Posts a request, and those that follow it, to a session as soon as there is room.</summary>
    /// <returns>Why it was not posted; <see langword="null"/> if it was.</returns>
    protected async ValueTask<Exception?> PostAsync(SessionActor session, SessionRequest first, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var posted = session.TryPost(first);
                if (posted == PostResult.Full)
                    posted = await session.PostAsync(first, cancellationToken).ConfigureAwait(false);
                if (posted == PostResult.Accepted)
                    return null;
                if (Instead(session) is { } other)
                {
                    session = other;
                    continue;
                }

                if (TakesUnsent(session, first))
                    return null;
                OnNotPosted();
                return Closed(session, first);
            }
        }
        catch (OperationCanceledException)
        {
            OnNotPosted();
            return GivenUp(session, first, cancellationToken);
        }
        catch (PgTimeoutException overdue)
        {
            OnNotPosted();
            return overdue;
        }
    }

    /// <summary>Another session in the place of one that takes no more requests; <see langword="null"/> if there is none.</summary>
    protected virtual SessionActor? Instead(SessionActor closed) => null;

    /// <summary>Whether a session that takes no more requests has taken this one all the same, to find another for it.</summary>
    protected virtual bool TakesUnsent(SessionActor closed, SessionRequest first) => false;

    /// <summary>Why a session takes no more requests.</summary>
    protected virtual SessionFailure WhyClosed(SessionActor session) =>
        session.LastFailure ?? new SessionFailure(SessionFailureKind.Closed, "The session was closed.");

    /// <summary>What the caller of a request is told that no session takes.</summary>
    protected PgConnectionException Closed(SessionActor session, SessionRequest first) =>
        RequestFailure.Unsent(WhyClosed(session), session.Server, first.ElapsedBy(session.Runtime.Time));

    /// <summary>What the caller of a request is told who gave it up before a session took it.</summary>
    protected static PgCanceledException GivenUp(SessionActor session, SessionRequest first, CancellationToken cancellationToken) =>
        RequestFailure.GivenUp(session.Server, first.ElapsedBy(session.Runtime.Time), cancellationToken);

    /// <summary>A request that was to be posted was not, and nobody will be told of its end.</summary>
    protected virtual void OnNotPosted()
    {
    }

    private async ValueTask<TResult> PostWhenRoomAsync<TResult>(
        SessionActor session, RequestCompletion<TResult> request, SessionRequest first, CancellationToken cancellationToken)
    {
        PostResult posted;
        try
        {
            posted = await session.PostAsync(first, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            OnNotPosted();
            var refusal = GivenUp(session, first, cancellationToken);
            request.Withdraw();
            throw refusal;
        }
        catch (PgTimeoutException)
        {
            OnNotPosted();
            request.Withdraw();
            throw;
        }

        var answer = posted == PostResult.Accepted ? request.OnAccepted()
            : Instead(session) is { } other ? Post(other, request, first, cancellationToken)
            : TakesUnsent(session, first) ? request.OnAccepted()
            : Refuse(session, request, first);
        return await answer.ConfigureAwait(false);
    }

    private ValueTask<TResult> Refuse<TResult>(SessionActor session, RequestCompletion<TResult> request, SessionRequest first)
    {
        OnNotPosted();
        var refusal = Closed(session, first);
        request.Withdraw();
        return ValueTask.FromException<TResult>(refusal);
    }
}
