using PgActors.Sessions;

namespace PgActors.Queries;

/// <summary>What a query runs, and at which pace. Immutable.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="ParameterCount">How many parameters.</param>
/// <param name="Parameters">The parameters as they go on the wire.</param>
/// <param name="Window">Bytes of rows that may wait for the consumer.</param>
internal sealed record RowStreamPlan(SqlStatement Statement, int ParameterCount, ReadOnlyMemory<byte> Parameters, long Window)
{
    /// <summary>The parameters that are read while they are sent; <see langword="null"/> if none is.</summary>
    public QueryStreams? Streams { get; init; }

    /// <summary>Whether rows may come in pieces.</summary>
    public bool TakesPieces { get; init; }

    /// <summary>The time to its first row; <see langword="null"/> for the session's.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Rows a fetch; 0: all in one.</summary>
    public int FetchSize { get; init; }

    /// <summary>Whether rows are fetched in parts whose size follows from their width.</summary>
    public bool IsAdaptive { get; init; }
}
