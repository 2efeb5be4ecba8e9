using PgActors.Authentication;
using PgActors.Protocol;
using PgActors.Runtime;
using PgActors.Sessions;
using PgActors.Testing;
using PgActors.Transports;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>One session, in memory and in virtual time, and the server that a test plays for it.</summary>
internal sealed class Scene : ISessionOwner
{
    public const string Password = "secret";

    private readonly TaskCompletionSource _ready = new();
    private readonly TaskCompletionSource<SessionFailure> _ended = new();

    private Scene(Func<SessionProfile, SessionProfile> vary, MemoryTransportOptions? client, bool runsInline)
    {
        Simulation = new Simulation(1, new SimulationOptions { RunsInline = runsInline });
        Connector = new MemoryConnector(Simulation.Schedule) { Answer = _ => new MemoryConnectAnswer { Client = client } };
        Server = ScriptedServer.InMemory(Connector);
        Profile = vary(ProfileFor(Connector));
        Session = new SessionActor(Simulation.Runtime, Profile, MailboxBounds.Default, this, "session");
    }

    public Simulation Simulation { get; }

    public MemoryConnector Connector { get; }

    public ScriptedServer Server { get; }

    public SessionProfile Profile { get; }

    public SessionActor Session { get; }

    public List<SessionNews> News { get; } = [];

    public Task Ready => _ready.Task;

    /// <summary>Why its first connection ended.</summary>
    public Task<SessionFailure> Ended => _ended.Task;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static SessionProfile ProfileFor(ITransportConnector connector) => new()
    {
        Connector = connector,
        Endpoint = TransportEndpoint.Tcp("memory", 5432),
        Server = "memory:5432",
        Tls = new TlsSettings { TargetHost = "memory" },
        Startup = new StartupSettings
        {
            Encryption = EncryptionRequest.None,
            Parameters = WireArray.Adopt(new[] { new StartupParameter("user", "app") }),
        },
        Credentials = new AuthenticationCredentials("app", Password),
        ScramNonce = () => "cGdhY3RvcnMtY2xpZW50LW5v",
    };

    /// <summary>Plays a script to its end; then nothing of the session may be left.</summary>
    public static void Play(
        Func<Scene, Task> script,
        Func<SessionProfile, SessionProfile>? vary = null,
        MemoryTransportOptions? client = null,
        bool runsInline = false)
    {
        var scene = new Scene(vary ?? (profile => profile), client, runsInline);
        scene.Simulation.Run(async () =>
        {
            await script(scene);
            scene.Session.Stop();
            await scene.Server.DisposeAsync();
        });
        scene.Simulation.RunUntilIdle();
        Assert.Equal(0, scene.Connector.Counters.Live);
    }

    /// <summary>Starts the session as far as the server's end of its connection, which has received the StartupMessage.</summary>
    public async Task<ScriptedConnection> ConnectAsync()
    {
        Session.Start();
        var connection = await Server.AcceptAsync(Ct);
        await connection.ExpectStartupAsync(ScriptedStartup.Default, Ct);
        return connection;
    }

    /// <summary>Starts the session to its end.</summary>
    public async Task<ScriptedConnection> StartAsync()
    {
        var connection = await ConnectAsync();
        await connection.SendAsync(Replies.Welcome, Ct);
        await Ready;
        return connection;
    }

    public TextRequest Post(string sql = "select name from names")
    {
        var request = new TextRequest(sql);
        Assert.Equal(PostResult.Accepted, Session.TryPost(request));
        return request;
    }

    /// <summary>Everything that can happen has happened, except for what a deadline brings.</summary>
    public Task SettleAsync() => Task.Delay(TimeSpan.FromMilliseconds(1), Simulation.Time, Ct);

    /// <summary>Some time passes.</summary>
    public Task ElapseAsync(TimeSpan time) => Task.Delay(time, Simulation.Time, Ct);

    /// <summary>Takes the messages of one statement that is prepared anew.</summary>
    public static async Task ExpectStatementAsync(ScriptedConnection connection)
    {
        await connection.ExpectAsync<Parse>(Ct);
        await connection.ExpectAsync<Bind>(Ct);
        await connection.ExpectAsync<Describe>(Ct);
        await connection.ExpectAsync<Execute>(Ct);
        await connection.ExpectAsync<Sync>(Ct);
    }

    void ISessionOwner.OnSessionReady(SessionActor session) => _ready.TrySetResult();

    void ISessionOwner.OnSessionEnded(SessionActor session, SessionFailure failure) => _ended.TrySetResult(failure);

    void ISessionOwner.OnSessionNews(SessionActor session, in SessionNews news) => News.Add(news);
}
