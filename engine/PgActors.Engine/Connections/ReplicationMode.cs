namespace PgActors;

/// <summary>Whether the session speaks the replication protocol: the start-up parameter <c>replication</c>.</summary>
public enum ReplicationMode
{
    /// <summary>An ordinary session; the parameter is not sent.</summary>
    None,

    /// <summary><c>true</c>: physical replication; no SQL.</summary>
    Physical,

    /// <summary><c>database</c>: logical replication, connected to a database; simple queries are possible.</summary>
    Logical,
}
