using PgActors.Events;
using PgActors.Leases;
using PgActors.Protocol;
using PgActors.Routing;
using PgActors.Runtime;
using PgActors.Sessions;
using PgActors.Transports;
using PgActors.Types;

namespace PgActors.Connecting;

/// <summary>Opens a database: tries the hosts in turn and builds its sessions on the first that will do.</summary>
internal sealed class DatabaseConnector(PgConnectionOptions options, PgDatabaseSettings settings)
{
    // Two pipelined sessions keep a small machine busy; a larger one gets one for two of its processors, and more is the user's to say.
    private const int FewestSessions = 2;
    private const int MostSessions = 16;

    public async Task<PgDatabase> ConnectAsync(CancellationToken cancellationToken)
    {
        RefuseReplication();
        var connector = settings.Connector ?? new SocketConnector(SessionProfiles.TransportFor(options), settings.Runtime.Time);
        var events = new EventStream(settings.Runtime.Dispatcher, [.. options.Warnings.Select(warning => new PgWarningEvent(warning))]);
        var failures = new List<PgConnectionException>();
        foreach (var host in Order())
        {
            try
            {
                return await ConnectAsync(host, connector, events, cancellationToken).ConfigureAwait(false);
            }
            catch (PgConnectionException failed)
            {
                failures.Add(failed);
                if (!MayTryNext(failed))
                    break;
            }
        }

        events.Dispose();
        throw Summarize(failures);
    }

    private async Task<PgDatabase> ConnectAsync(
        PgHost host, ITransportConnector connector, EventStream events, CancellationToken cancellationToken)
    {
        var runtime = settings.Runtime;
        var profile = SessionProfiles.For(options, host, connector);
        if (settings.ScramNonce is { } nonce)
            profile = profile with { ScramNonce = nonce };
        if (settings.Credentials is { } ask)
        {
            profile = profile with
            {
                CredentialSource = new CredentialSource(ask, runtime.Dispatcher, runtime.Time, profile.ConnectTimeout),
            };
        }

        var bounds = new MailboxBounds(options.MaxQueuedCommands, options.MaxQueuedBytes);
        void Report(SessionActor session, SessionNews news) => Publish(events, session, news);
        var shared = new SessionSupervisor(
            runtime,
            profile,
            Lanes(),
            bounds,
            settings.Supervision,
            decision => events.Publish(new PgSupervisionEvent(decision)),
            Report);
        var leases = new LeaseSource(
            () => new LeasePool(runtime, profile, LeaseSettings(), bounds, Report, held => events.Publish(new PgLeaseEvent(held))));
        var first = await shared.StartAsync(cancellationToken).ConfigureAwait(false);
        if (!Suits(first.Parameters))
        {
            await shared.StopAsync().ConfigureAwait(false);
            throw new PgConnectionException(
                new SessionFailure(
                    SessionFailureKind.PolicyRefused, $"{Describe(first.Parameters)}, and target_session_attrs asks for {Wanted}."),
                Outcome.NotSent,
                profile.Server);
        }

        var types = new DatabaseTypes(settings.Types, settings.LooksUpTypes, runtime)
        {
            Formats = profile.Formats,
            Learned = (registry, found) => ChooseFormats(profile.Formats, registry, found),
        };
        ChooseFormats(profile.Formats, settings.Types, settings.Types.Catalog.Types);
        profile.Formats.ExpectReviews();

        // Where looking up is switched off nothing becomes known.
        if (!settings.LooksUpTypes)
            profile.Formats.EndReview(profile.Formats.TypesCreated, TypeStrangers.Unknown);
        return new PgDatabase(options, types, shared, leases, events);
    }

    private static void ChooseFormats(ResultFormats formats, PgTypeRegistry types, IEnumerable<PgTypeDescription> learned)
    {
        foreach (var type in learned)
        {
            if (types.FormatFor(type.Oid) is { } format)
                formats.Learn(type.Oid, format);
        }
    }

    private PgHost[] Order()
    {
        var hosts = options.Hosts.ToArray();
        if (options.LoadBalanceHosts == LoadBalanceHosts.Random)
            settings.Runtime.Random.Shuffle(hosts);
        return hosts;
    }

    private LaneBounds Lanes()
    {
        var maximum = options.SharedSessions
            ?? Math.Max(options.MinSharedSessions ?? 0, Math.Clamp(Environment.ProcessorCount / 2, FewestSessions, MostSessions));
        return new LaneBounds(options.MinSharedSessions ?? options.SharedSessions ?? FewestSessions, maximum);
    }

    private LeaseSettings LeaseSettings() => new()
    {
        MaxSessions = options.MaxLeasedSessions,
        MaxStarts = settings.Supervision.MaxConcurrentStarts,
        MaxWaiters = options.MaxLeaseWaiters,
        WaitTimeout = options.LeaseTimeout,
        ValidateAfter = options.LeaseValidation,
        IdleLifetime = options.LeaseIdleLifetime,
        Lifetime = options.LeaseLifetime,
        WarnAfter = options.LeaseWarning,
    };

    private bool Suits(SessionParameters server)
    {
        var isStandby = server.IsInHotStandby == true;
        var isReadOnly = IsReadOnly(server);
        return options.TargetSessionAttributes switch
        {
            TargetSessionAttributes.Any or TargetSessionAttributes.PreferStandby => true,
            TargetSessionAttributes.ReadWrite => !isReadOnly,
            TargetSessionAttributes.ReadOnly => isReadOnly,
            TargetSessionAttributes.Primary => !isStandby,
            TargetSessionAttributes.Standby => isStandby,
        };
    }

    private static bool IsReadOnly(SessionParameters server) =>
        server.IsInHotStandby == true || (server.TryGet("default_transaction_read_only", out var readOnly) && readOnly == "on");

    private static string Describe(SessionParameters server)
    {
        var role = server.IsInHotStandby == true ? "standby" : "primary";
        return $"The server is a {role} and {(IsReadOnly(server) ? "read-only" : "accepts writes")}";
    }

    private string Wanted => options.TargetSessionAttributes switch
    {
        TargetSessionAttributes.Any => "any server",
        TargetSessionAttributes.ReadWrite => "one that accepts writes (read-write)",
        TargetSessionAttributes.ReadOnly => "one that is read-only (read-only)",
        TargetSessionAttributes.Primary => "a primary (primary)",
        TargetSessionAttributes.Standby or TargetSessionAttributes.PreferStandby => "a standby (standby)",
    };

    // With several hosts, what was wrong with the first may be what matters.
    private static PgConnectionException Summarize(List<PgConnectionException> failures)
    {
        var last = failures[^1];
        if (failures.Count == 1)
            return last;
        var each = failures.Select(failed => $"\n  {failed.Server}: {failed.Failure.Message}");
        return new PgConnectionException(
            last.Failure with { Message = $"None of the {failures.Count} hosts that were tried would do.{string.Concat(each)}" },
            Outcome.NotSent,
            null,
            last);
    }

    // As libpq: an unreachable or starting host, or the wrong kind of server, leads to the next; a refused user does not.
    private static bool MayTryNext(PgConnectionException failed) => failed.Kind switch
    {
        SessionFailureKind.Unreachable or SessionFailureKind.TimedOut or SessionFailureKind.ConnectionLost => true,
        SessionFailureKind.ServerRefused => failed.Error?.SqlState == SqlStates.CannotConnectNow,
        SessionFailureKind.PolicyRefused => true,
        SessionFailureKind.Closed or SessionFailureKind.ProtocolViolation or SessionFailureKind.ServerEnded
            or SessionFailureKind.EncryptionFailed or SessionFailureKind.SourceFailed or SessionFailureKind.Retired => false,
    };

    private void RefuseReplication()
    {
        if (options.Replication != ReplicationMode.None)
        {
            throw new PgUsageException(
                "A replication connection takes replication commands only; open a database without the option 'replication'.");
        }
    }

    private static void Publish(EventStream events, SessionActor session, in SessionNews news)
    {
        switch (news.Kind)
        {
            case SessionNewsKind.Notice:
                events.Publish(new PgNoticeEvent(session.Name, (PgError)news.Detail));
                break;
            case SessionNewsKind.Parameter:
                var status = (ParameterStatus)news.Detail;
                events.Publish(new PgParameterEvent(session.Name, status.Name, status.Value));
                break;
            case SessionNewsKind.Reset:
                events.Publish(new PgSessionResetEvent(session.Name, (string)news.Detail));
                break;
            case SessionNewsKind.Notification:
                break;
        }
    }
}
