using System.Diagnostics.CodeAnalysis;
using System.Reactive.Linq;
using PgActors.Queries;
using PgActors.Routes;
using PgActors.Rows.Mapping;
using PgActors.Statements;
using PgActors.Types;

namespace PgActors;

/// <summary>
/// A query that has not run: each enumeration, and each subscription, runs it once on a session of its own. Rows arrive at the pace they are
/// taken; what is not taken stays with the server.
/// </summary>
/// <remarks>Immutable and safe to share. The rows are the consumer's own: they stay as they are however long they are kept.</remarks>
/// <typeparam name="T">What a row becomes: a type with a codec (one column), a tuple (columns by position), or a record, class or struct
/// (columns by name).</typeparam>
public sealed class PgQuery<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T> : IAsyncEnumerable<T>
{
    private readonly CommandRoute _route;
    private readonly TypeSource _types;
    private readonly PendingCommand? _pending;

    internal PgQuery(CommandRoute route, RowStreamPlan plan, TypeSource types, PendingCommand? pending = null)
    {
        _pending = pending;
        _route = route;
        Plan = plan;
        _types = types;
    }

    internal RowStreamPlan Plan { get; }

    /// <summary>Fetches through a portal, so many rows at a time, instead of letting the server send all and pausing it by back-pressure. It
    /// costs a round trip for each part, and PostgreSQL does not run such a query in parallel workers.</summary>
    /// <param name="rows">Rows a fetch, 1 or more.</param>
    public PgQuery<T> WithFetchSize(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        return With(Plan with { FetchSize = rows, IsAdaptive = false });
    }

    /// <summary>As <see cref="WithFetchSize"/>, with as many rows at a time as make about half of <see cref="WithWindow"/>, learned from those
    /// that came before. In a <see cref="PgTransaction"/> this is what happens unless a size is given.</summary>
    public PgQuery<T> WithAdaptiveFetchSize() => With(Plan with { FetchSize = 0, IsAdaptive = true });

    /// <summary>Sets how many bytes of rows may wait for this consumer before the session stops reading. The default is the connection
    /// option <c>stream_window_bytes</c>.</summary>
    /// <param name="bytes">At least 1. Up to one receive (usually 64 KiB, or one row if that is larger) lies beyond it.</param>
    public PgQuery<T> WithWindow(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        return With(Plan with { Window = bytes });
    }

    /// <summary>Runs the query. Dispose the enumerator (as <c>await foreach</c> does) to give its session back; if rows are left, the query
    /// is cancelled.</summary>
    /// <param name="cancellationToken">Cancels the query on the server.</param>
    /// <exception cref="PgServerException">The server reported an error (from <c>MoveNextAsync</c>, as are all).</exception>
    /// <exception cref="PgConnectionException">No session could be had, or its connection was lost.</exception>
    /// <exception cref="PgCanceledException">The token was cancelled.</exception>
    /// <exception cref="PgMappingException">A row does not fit <typeparamref name="T"/>.</exception>
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new RowStream<T>(
            _pending is null ? _route.Open(Plan, cancellationToken) : new PendingFeed(_pending, Plan, _route, cancellationToken), _types);

    /// <summary>
    /// The query as an observable: each subscription runs it. Nothing overflows: the next row is read when <c>OnNext</c> has returned, so a
    /// slow observer slows the server down. Disposing the subscription cancels the query.
    /// </summary>
    /// <remarks>Operators that buffer without bound (<c>ObserveOn</c>, <c>Replay</c>, <c>Merge</c> …) hide the observer's pace; put those
    /// that shed load (<c>Sample</c>, <c>Throttle</c>) before them.</remarks>
    public IObservable<T> ToObservable() => Observable.Create<T>(async (observer, cancellationToken) =>
    {
        await foreach (var row in this.WithCancellation(cancellationToken).ConfigureAwait(false))
            observer.OnNext(row);
    });

    /// <summary>The statement's text; empty as long as the type of a parameter is still to be looked up.</summary>
    public override string ToString() => _pending is null ? Plan.Statement.Text : "";

    private PgQuery<T> With(RowStreamPlan plan) => new(_route, plan, _types, _pending);
}
