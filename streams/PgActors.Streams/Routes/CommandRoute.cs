using PgActors.Queries;
using PgActors.Requests;
using PgActors.Runtime;
using PgActors.Sessions;

namespace PgActors.Routes;

/// <summary>Where the commands of a <see cref="PgCommands"/> go: to shared sessions, to a leased one, into a transaction.</summary>
internal abstract class CommandRoute
{
    /// <summary>Refuses what must not go this way, before anything of it is sent.</summary>
    /// <exception cref="PgUsageException">The statement must not go this way; the message names the call to use.</exception>
    public abstract void Check(SqlStatement statement);

    /// <summary>Takes over a prepared and checked request: posts it, waiting for room, or withdraws it.</summary>
    /// <returns>Its answer.</returns>
    public abstract ValueTask<TResult> Run<TResult>(RequestCompletion<TResult> request, CancellationToken cancellationToken);

    /// <summary>Opens an execution of a checked query. Nothing is sent before its first batch is asked for.</summary>
    public abstract RowFeed Open(RowStreamPlan plan, CancellationToken cancellationToken);

    /// <summary>Posts a request to a session as soon as there is room.</summary>
    /// <returns>Its answer.</returns>
    protected ValueTask<TResult> Post<TResult>(
        SessionActor session, RequestCompletion<TResult> request, CancellationToken cancellationToken) => session.TryPost(request) switch
        {
            PostResult.Accepted => request.OnAccepted(),
            PostResult.Full => PostWhenRoomAsync(session, request, cancellationToken),
            PostResult.Closed => Refuse(session, request),
        };

    /// <summary>Why a session takes no more requests.</summary>
    protected abstract Exception Closed(SessionActor session);

    private async ValueTask<TResult> PostWhenRoomAsync<TResult>(
        SessionActor session, RequestCompletion<TResult> request, CancellationToken cancellationToken)
    {
        PostResult posted;
        try
        {
            posted = await session.PostAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            request.Withdraw();
            throw new PgCanceledException(Outcome.NotSent, cancellationToken);
        }

        return posted == PostResult.Accepted
            ? await request.OnAccepted().ConfigureAwait(false)
            : await Refuse(session, request).ConfigureAwait(false);
    }

    private ValueTask<TResult> Refuse<TResult>(SessionActor session, RequestCompletion<TResult> request)
    {
        request.Withdraw();
        return ValueTask.FromException<TResult>(Closed(session));
    }
}
