namespace PgActors.Testing;

/// <summary>What a model server can run.</summary>
internal enum ModelCommandKind
{
    /// <summary>No statement at all.</summary>
    Empty,

    /// <summary><c>select $1, 2, 'three' as name</c>: one row.</summary>
    Select,

    /// <summary><c>rows N</c>: rows of one int4, from 1 to N.</summary>
    Rows,

    /// <summary><c>wait NAME</c>: runs until it is released or cancelled.</summary>
    Wait,

    /// <summary><c>fail SQLSTATE ['message']</c>.</summary>
    Fail,

    /// <summary><c>fatal SQLSTATE ['message']</c>: fails and ends the session.</summary>
    Fatal,

    /// <summary><c>notice ['message']</c>.</summary>
    Notice,

    /// <summary><c>begin …</c> or <c>start transaction …</c>.</summary>
    Begin,

    /// <summary><c>commit</c> or <c>end</c>.</summary>
    Commit,

    /// <summary><c>rollback</c> or <c>abort</c>.</summary>
    Rollback,

    /// <summary><c>discard all</c>.</summary>
    DiscardAll,
}
