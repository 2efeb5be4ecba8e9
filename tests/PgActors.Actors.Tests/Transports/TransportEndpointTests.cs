using System.Net;
using PgActors.Transports;

namespace PgActors.Actors.Tests.Transports;

public sealed class TransportEndpointTests
{
    [Theory]
    [InlineData("/run/postgresql", "/run/postgresql/.s.PGSQL.5433")]
    [InlineData("/run/postgresql/", "/run/postgresql/.s.PGSQL.5433")]
    [InlineData("@app", "@app/.s.PGSQL.5433")]
    public void Socket_is_named_by_directory_and_port(string directory, string expected)
    {
        var endpoint = TransportEndpoint.Unix(directory, 5433);
        Assert.Equal(expected, endpoint.SocketPath);
        Assert.True(endpoint.IsUnixSocket);
        Assert.Equal($"socket {expected}", endpoint.ToString());
        Assert.Equal(TransportEndpoint.Unix(expected), endpoint);
    }

    [Fact]
    public void Tcp_is_named_by_host_address_and_port()
    {
        Assert.Equal("db port 1", TransportEndpoint.Tcp("db", 1).ToString());
        Assert.Equal("db (10.0.0.1) port 65535", TransportEndpoint.Tcp("db", 65535, IPAddress.Parse("10.0.0.1")).ToString());
        Assert.Equal("10.0.0.1 port 1", TransportEndpoint.Tcp("10.0.0.1", 1, IPAddress.Parse("10.0.0.1")).ToString());
        Assert.False(TransportEndpoint.Tcp("db", 1).IsUnixSocket);
    }

    [Theory]
    [InlineData("", 5432)]
    [InlineData(" ", 5432)]
    [InlineData("db", 0)]
    [InlineData("db", 65536)]
    public void Impossible_host_or_port_is_refused(string host, int port)
        => Assert.ThrowsAny<ArgumentException>(() => TransportEndpoint.Tcp(host, port));
}
