namespace PgActors.Sessions;

/// <summary>What the head of the pipeline waits for. An ErrorResponse leads from any step but <see cref="Suspended"/> to
/// <see cref="Ready"/>, or to <see cref="Skipping"/> as long as the Sync that ends the group is missing.</summary>
public enum ReplyStep : byte
{
    /// <summary>CloseComplete, of the evicted statement in front. Leaves to <see cref="Parse"/> or <see cref="Bind"/>.</summary>
    Close,

    /// <summary>ParseComplete. Leaves to <see cref="Bind"/> or <see cref="Parameters"/>.</summary>
    Parse,

    /// <summary>ParameterDescription, of a statement that is described before it is bound. Leaves to <see cref="Description"/>.</summary>
    Parameters,

    /// <summary>BindComplete. Leaves to <see cref="Description"/> or <see cref="Rows"/>.</summary>
    Bind,

    /// <summary>RowDescription or NoData. Leaves to <see cref="Rows"/>, or to <see cref="Bind"/> if that was waiting for it.</summary>
    Description,

    /// <summary>Rows, then CommandComplete, EmptyQueryResponse or PortalSuspended; or the beginning of a COPY. Leaves to
    /// <see cref="Ready"/>, <see cref="Suspended"/>, <see cref="CopyRefused"/> or <see cref="CopyOut"/>.</summary>
    Rows,

    /// <summary>Nothing: the portal is suspended until the consumer fetches on (back to <see cref="Rows"/>) or ends it (to
    /// <see cref="Ready"/>).</summary>
    Suspended,

    /// <summary>The ErrorResponse to a CopyFail. Set by a CopyInResponse that nobody asked for.</summary>
    CopyRefused,

    /// <summary>CopyData, thrown away, up to CopyDone. Leaves to <see cref="Rows"/> or <see cref="SimpleResults"/> for the
    /// CommandComplete.</summary>
    CopyOut,

    /// <summary>The next result of a Query, or the ReadyForQuery that ends it. Leaves to <see cref="SimpleRows"/>,
    /// <see cref="CopyRefused"/> or <see cref="CopyOut"/>.</summary>
    SimpleResults,

    /// <summary>The rows of one result of a Query, then its CommandComplete. Leaves to <see cref="SimpleResults"/>.</summary>
    SimpleRows,

    /// <summary>Nothing: the server throws everything away up to a Sync that was not submitted yet. Leaves to <see cref="Ready"/> with the
    /// command that has it.</summary>
    Skipping,

    /// <summary>ReadyForQuery.</summary>
    Ready,
}
