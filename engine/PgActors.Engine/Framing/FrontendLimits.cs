using PgActors.Protocol;

namespace PgActors.Framing;

/// <summary>How long each message of a client may be, measured as its length word: by default what PostgreSQL 18 itself accepts (it closes
/// silently on more). Immutable; safe to share.</summary>
public sealed class FrontendLimits
{
    /// <summary>The least length of a start-up packet: its length word and a code.</summary>
    public const int MinStartupPacket = 8;

    /// <summary>The largest length of a start-up packet: PostgreSQL's MAX_STARTUP_PACKET_LENGTH of 10,000, and the length word.</summary>
    public const int MaxStartupPacket = 10_004;

    /// <summary>The largest length of small messages: PostgreSQL's PQ_SMALL_MESSAGE_LIMIT.</summary>
    public const int SmallMessage = 10_000;

    /// <summary>The largest length of an answer to an authentication request (PG_MAX_AUTH_TOKEN_LENGTH).</summary>
    public const int AuthenticationResponse = 65_535;

    /// <summary>The largest length of a SCRAM message (PG_MAX_SASL_MESSAGE_LENGTH): for <see cref="With"/>, since the same phase carries
    /// OAUTHBEARER, which has <see cref="AuthenticationResponse"/>.</summary>
    public const int ScramMessage = 1024;

    private const int TypeCount = 256;

    private readonly int[] _caps;

    private FrontendLimits(int[] caps, int startupPacketCap)
    {
        _caps = caps;
        StartupPacketCap = startupPacketCap;
    }

    /// <summary>What PostgreSQL accepts.</summary>
    public static FrontendLimits Default { get; } = new(MakeDefault(), MaxStartupPacket);

    /// <summary>The largest length of a start-up packet.</summary>
    public int StartupPacketCap { get; }

    /// <summary>The largest length word of a message.</summary>
    /// <returns>0 if the type is unknown or has no place in the phase; all types in <see cref="FrontendPhase.Startup"/>.</returns>
    public int Cap(FrontendPhase phase, byte type) => Caps(phase)[type];

    /// <summary>The same limits but for one cap.</summary>
    /// <param name="phase">The phase, not <see cref="FrontendPhase.Startup"/>.</param>
    /// <param name="type">The message's type.</param>
    /// <param name="cap">The largest length word, 4 to <see cref="WireWriter.MaxMessageLength"/>; 0 bans the type from the phase.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cap"/> is neither, or the phase has no types.</exception>
    public FrontendLimits With(FrontendPhase phase, FrontendMessageType type, int cap)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(phase, FrontendPhase.Startup);
        if (cap != 0)
            ArgumentOutOfRangeException.ThrowIfLessThan(cap, FrameHeader.LengthSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cap, WireWriter.MaxMessageLength);
        var caps = (int[])_caps.Clone();
        caps[((int)phase * TypeCount) + (byte)type] = cap;
        return new FrontendLimits(caps, StartupPacketCap);
    }

    internal ReadOnlySpan<int> Caps(FrontendPhase phase) => _caps.AsSpan((int)phase * TypeCount, TypeCount);

    private static int[] MakeDefault()
    {
        var phases = Enum.GetValues<FrontendPhase>();
        var caps = new int[phases.Length * TypeCount];
        foreach (var phase in phases)
        {
            foreach (var type in Enum.GetValues<FrontendMessageType>())
            {
                caps[((int)phase * TypeCount) + (byte)type] = phase switch
                {
                    FrontendPhase.Startup => 0,
                    FrontendPhase.Password => AnswerCap(type),
                    FrontendPhase.Gss => AnswerCap(type),
                    FrontendPhase.SaslInitial => AnswerCap(type),
                    FrontendPhase.Sasl => AnswerCap(type),
                    FrontendPhase.Session => SessionCap(type),
                };
            }
        }

        return caps;
    }

    private static int AnswerCap(FrontendMessageType type) => type switch
    {
        FrontendMessageType.AuthenticationResponse => AuthenticationResponse,
        FrontendMessageType.Terminate => SmallMessage,
        _ => 0,
    };

    private static int SessionCap(FrontendMessageType type) => type switch
    {
        FrontendMessageType.AuthenticationResponse => 0,
        FrontendMessageType.Bind => WireWriter.MaxMessageLength,
        FrontendMessageType.Close => SmallMessage,
        FrontendMessageType.CopyData => WireWriter.MaxMessageLength,
        FrontendMessageType.CopyDone => SmallMessage,
        FrontendMessageType.CopyFail => SmallMessage,
        FrontendMessageType.Describe => SmallMessage,
        FrontendMessageType.Execute => SmallMessage,
        FrontendMessageType.Flush => SmallMessage,
        FrontendMessageType.FunctionCall => WireWriter.MaxMessageLength,
        FrontendMessageType.Parse => WireWriter.MaxMessageLength,
        FrontendMessageType.Query => WireWriter.MaxMessageLength,
        FrontendMessageType.Sync => SmallMessage,
        FrontendMessageType.Terminate => SmallMessage,
    };
}
