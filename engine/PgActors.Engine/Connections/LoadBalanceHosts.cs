namespace PgActors;

/// <summary>In which order several hosts are tried: libpq's <c>load_balance_hosts</c>.</summary>
public enum LoadBalanceHosts
{
    /// <summary><c>disable</c>, the default: as written.</summary>
    Disable,

    /// <summary><c>random</c>: the hosts in random order, then the addresses of each in random order.</summary>
    Random,
}
