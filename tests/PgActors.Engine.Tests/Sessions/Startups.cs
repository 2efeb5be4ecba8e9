using PgActors.Authentication;
using PgActors.Engine.Tests.Authentication;
using PgActors.Protocol;
using PgActors.Sessions;

namespace PgActors.Engine.Tests.Sessions;

/// <summary>Start-ups and sessions brought to a phase by feeding them what a server would send.</summary>
internal static class Startups
{
    public static readonly WireArray<StartupParameter> Parameters =
        [new("user", "u"), new("client_encoding", "UTF8"), new("_pq_.known", "1")];

    public static readonly StartupSettings Clear = new() { Encryption = EncryptionRequest.None, Parameters = Parameters };

    public static readonly ParameterStatus Utf8 = new("client_encoding", "UTF8");
    public static readonly BackendKeyData Key = new(77, WireArray.Create<byte>([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));
    public static readonly BackendKeyData OldKey = new(77, [1, 2, 3, 4]);
    public static readonly ReadyForQuery Idle = new(TransactionStatus.Idle);

    /// <summary>A start-up whose StartupMessage was sent.</summary>
    public static StartupMachine Authenticating(StartupSettings? settings = null, AuthenticationChannel? channel = null)
    {
        var machine = new StartupMachine(settings ?? Clear);
        Assert.Equal(SessionEffectKind.SendStartup, machine.OnConnected().First.Kind);
        machine.OnStartupSent(AuthenticationMachines.Make(channel: channel ?? AuthenticationMachines.Tls));
        return machine;
    }

    /// <summary>A start-up after AuthenticationOk.</summary>
    public static StartupMachine AwaitingReady(StartupSettings? settings = null)
    {
        var machine = Authenticating(settings);
        Assert.Equal(SessionEffects.None, machine.Feed(default(AuthenticationOk)));
        return machine;
    }

    /// <summary>A session whose StartupMessage was sent.</summary>
    public static SessionMachine Starting(StartupSettings? settings = null)
    {
        var machine = new SessionMachine(settings ?? Clear);
        Assert.Equal(SessionEffectKind.SendStartup, machine.OnConnected().First.Kind);
        machine.OnStartupSent(AuthenticationMachines.Make(channel: AuthenticationMachines.Tls));
        return machine;
    }

    /// <summary>A session that takes commands.</summary>
    public static SessionMachine Ready(params ReadOnlySpan<CommandShape> shapes)
    {
        var machine = Starting();
        machine.Feed(default(AuthenticationOk));
        machine.Feed(Utf8);
        machine.Feed(Key);
        Assert.Equal(Pipelines.Order(SessionEffectKind.Ready), machine.Feed(Idle));
        for (var i = 0; i < shapes.Length; i++)
            machine.Pipeline.OnSubmitted(new RequestId(i + 1), shapes[i]);
        machine.Pipeline.OnFlushed();
        return machine;
    }

    public static SessionEffects Feed<TMessage>(this StartupMachine machine, TMessage message)
        where TMessage : struct, IBackendMessage<TMessage>
        => machine.OnMessage((BackendMessageType)TMessage.Type, BodyOf(message));

    public static SessionEffects Feed<TMessage>(this SessionMachine machine, TMessage message)
        where TMessage : struct, IBackendMessage<TMessage>
        => machine.OnMessage(TMessage.Type, BodyOf(message));

    public static byte[] BodyOf(IWireMessage message)
    {
        using var writer = new WireWriter();
        message.Write(writer);
        return writer.WrittenSpan[5..].ToArray();
    }
}
