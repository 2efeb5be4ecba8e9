namespace PgActors.Benchmarks.Measuring;

/// <summary>Whose code a contender runs; it decides what its figures are compared with.</summary>
internal enum SystemKind
{
    /// <summary>This engine.</summary>
    PgActors,

    /// <summary>The driver that it is measured against.</summary>
    Npgsql,

    /// <summary>The same bytes on a bare socket: what the client's side costs at least.</summary>
    Raw,

    /// <summary>Something of the framework, such as a channel.</summary>
    Framework,
}
