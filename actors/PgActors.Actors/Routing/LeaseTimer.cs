namespace PgActors.Routing;

/// <summary>The deadlines of the pool of exclusive sessions.</summary>
internal enum LeaseTimer
{
    /// <summary>The caller who has waited longest gives up.</summary>
    Wait,

    /// <summary>A session has not answered an errand of the pool's own.</summary>
    Errand,

    /// <summary>A session that nobody wants has lived long enough.</summary>
    Age,

    /// <summary>A session has been held long enough to be reported.</summary>
    Warning,
}
