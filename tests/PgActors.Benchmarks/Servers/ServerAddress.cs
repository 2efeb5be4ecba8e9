using System.Net;
using Npgsql;

namespace PgActors.Benchmarks.Servers;

/// <summary>Where a server is, and how each contender connects to it. Without TLS: the figures are of the protocol, not of the cipher.</summary>
internal sealed class ServerAddress
{
    private readonly PgConnectionOptions _options;

    /// <param name="uri">A connection URI of a user whom the server trusts.</param>
    public ServerAddress(string uri)
    {
        Uri = uri;
        _options = PgConnectionOptions.Parse(uri, ConnectionSources.None) with { SslMode = TlsMode.Disable };
        var host = _options.Hosts[0];
        Endpoint = new IPEndPoint(
            IPAddress.TryParse(host.HostAddress ?? host.Host, out var address) ? address : Dns.GetHostAddresses(host.Host)[0], host.Port);
        RawStartup = RawRequest.Startup(_options.User, _options.Database ?? _options.User);
    }

    public string Uri { get; }

    public IPEndPoint Endpoint { get; }

    /// <summary>What opens a session, encoded.</summary>
    public byte[] RawStartup { get; }

    /// <summary>How PgActors connects.</summary>
    /// <param name="login">Another user and its password.</param>
    public PgConnectionOptions PgActors((string User, string Password)? login = null) =>
        login is { } other ? _options with { User = other.User, Password = other.Password } : _options;

    /// <summary>How Npgsql connects: the same, and what its documentation says about performance is left at its defaults unless a case
    /// says otherwise.</summary>
    /// <param name="login">Another user and its password.</param>
    public NpgsqlConnectionStringBuilder Npgsql((string User, string Password)? login = null)
    {
        var options = PgActors(login);
        return new NpgsqlConnectionStringBuilder
        {
            Host = options.Hosts[0].HostAddress ?? options.Hosts[0].Host,
            Port = options.Hosts[0].Port,
            Database = options.Database,
            Username = options.User,
            Password = options.Password?.Reveal(),
            SslMode = SslMode.Disable,
            GssEncryptionMode = global::Npgsql.GssEncryptionMode.Disable,
        };
    }
}
