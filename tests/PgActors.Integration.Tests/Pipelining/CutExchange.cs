namespace PgActors.Integration.Tests.Pipelining;

/// <summary>What a link carries while it is cut.</summary>
public enum CutExchange
{
    /// <summary>A query for one row.</summary>
    Read,

    /// <summary>An insert, outside of any transaction.</summary>
    Write,

    /// <summary>Inserts of several callers, pipelined. One of them goes on with another, whatever became of its first.</summary>
    Callers,
}
