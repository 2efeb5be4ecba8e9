namespace PgActors.Testing;

/// <summary>One way of getting PostgreSQL's programs onto this machine.</summary>
internal interface IBinariesSource
{
    /// <summary>The way, in a few words.</summary>
    string Way { get; }

    /// <summary>What a person can do so that this way works for a major version.</summary>
    string Remedy(int major);

    /// <summary>Looks, and fetches where that is this source's way. Its failures are answers.</summary>
    Task<BinariesAnswer> FindAsync(int major, CancellationToken cancellationToken);
}
