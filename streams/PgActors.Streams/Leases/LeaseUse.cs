namespace PgActors.Leases;

/// <summary>What a leased session is used for now.</summary>
internal enum LeaseUse
{
    /// <summary>Single commands, any number at a time.</summary>
    Shared,

    /// <summary>One row stream, at its reader's pace.</summary>
    Stream,

    /// <summary>One transaction.</summary>
    Transaction,
}
