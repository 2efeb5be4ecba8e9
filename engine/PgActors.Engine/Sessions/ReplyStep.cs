namespace PgActors.Sessions;

/// <summary>What the head of the pipeline waits for. Each step names the reply that ends it.</summary>
public enum ReplyStep : byte
{
    /// <summary>CloseComplete, of the evicted statement in front. Leaves to <see cref="Parse"/> or <see cref="Bind"/>.</summary>
    Close,

    /// <summary>ParseComplete. Leaves to <see cref="Bind"/>.</summary>
    Parse,

    /// <summary>BindComplete. Leaves to <see cref="Description"/> or <see cref="Rows"/>.</summary>
    Bind,

    /// <summary>RowDescription or NoData. Leaves to <see cref="Rows"/>.</summary>
    Description,

    /// <summary>Rows, then CommandComplete, EmptyQueryResponse or PortalSuspended. Leaves to <see cref="Ready"/> or
    /// <see cref="Suspended"/>.</summary>
    Rows,

    /// <summary>Nothing: the portal is suspended until the consumer fetches on (back to <see cref="Rows"/>) or ends it (to
    /// <see cref="Ready"/>).</summary>
    Suspended,

    /// <summary>Anything a Query may answer; ReadyForQuery ends it.</summary>
    SimpleResults,

    /// <summary>ReadyForQuery.</summary>
    Ready,
}
