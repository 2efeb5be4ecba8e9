using PgActors.Rows;

namespace PgActors.Queries;

/// <summary>One execution of a query as batches of rows. One consumer, one call at a time.</summary>
internal abstract class RowFeed : IAsyncDisposable
{
    /// <summary>The columns; known when the first batch is.</summary>
    public abstract RowLayout? Layout { get; }

    /// <summary>The next batch, which the caller must release; <see langword="null"/> at the end.</summary>
    /// <exception cref="PgException">It failed.</exception>
    public abstract ValueTask<RowBatch?> NextAsync();

    /// <summary>The consumer is done with a batch.</summary>
    public abstract void Consumed(int bytes);

    /// <summary>From any thread, while <see cref="NextAsync"/> is under way: the consumer has left, and it is to end soon.</summary>
    public abstract void Interrupt();

    /// <summary>The consumer leaves: what is under way is ended.</summary>
    public abstract ValueTask DisposeAsync();
}
