namespace PgActors.Testing;

/// <summary>What a backend wants of the loop that drives it.</summary>
internal enum ModelStep
{
    /// <summary>The next message.</summary>
    Read,

    /// <summary>Its output sent, then to go on, if nobody cancelled meanwhile.</summary>
    Drain,

    /// <summary>A wait until the statement is released or cancelled.</summary>
    Wait,

    /// <summary>Its output sent, then the end of the connection.</summary>
    Close,
}
