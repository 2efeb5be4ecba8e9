namespace PgActors.Sessions;

/// <summary>What a server told a session when it started, which is mostly what it tells the next: the sessions of a database hold one copy of it
/// instead of 2 KB each. Thread-safe.</summary>
public sealed class ReportedParameters
{
    // Whoever comes at the same time as another may miss its copy and keep its own.
    private SessionParameters _last = SessionParameters.Empty;

    /// <summary>Parameters equal to a session's, that others may hold too.</summary>
    public SessionParameters Share(SessionParameters own)
    {
        var last = Volatile.Read(in _last);
        if (last.Equals(own))
            return last;
        Volatile.Write(ref _last, own);
        return own;
    }
}
