using PgActors.Authentication;
using PgActors.Events;
using PgActors.Leases;
using PgActors.Protocol;
using PgActors.Routing;
using PgActors.Runtime;
using PgActors.Sessions;
using PgActors.Testing;
using PgActors.Transports;
using PgActors.Types;

namespace PgActors.Streams.Tests;

/// <summary>A database that has not connected: enough for what happens before a byte is sent.</summary>
internal static class UnconnectedDatabase
{
    public static PgDatabase Create()
    {
        var runtime = ActorRuntime.Default;
        var profile = new SessionProfile
        {
            Connector = new MemoryConnector(),
            Endpoint = TransportEndpoint.Tcp("server", 5432),
            Server = "server:5432",
            Tls = new TlsSettings { TargetHost = "server" },
            Startup = new StartupSettings { Parameters = WireArray.Adopt<StartupParameter>([]) },
            Credentials = new AuthenticationCredentials("user"),
        };
        var shared = new SessionSupervisor(
            runtime, profile, new LaneBounds(1, 1), MailboxBounds.Default, new SupervisorOptions(), static _ => { }, static (_, _) => { });
        var leases = new LeaseSource(() => new LeasePool(
            runtime, profile, new LeaseSettings(), MailboxBounds.Default, static (_, _) => { }, static _ => { }));
        return new PgDatabase(
            new PgConnectionOptions { User = "user" }, new DatabaseTypes(PgTypeRegistry.Default, true, runtime), shared, leases, new EventStream(runtime.Dispatcher, []));
    }
}
