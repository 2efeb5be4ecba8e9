using PgActors.Framing;
using PgActors.Protocol;

namespace PgActors.Engine.Tests.Protocol;

/// <summary>One message, its bytes, and where its body is vulnerable. A new message adds a row of these and has all generic
/// tests.</summary>
/// <param name="Message">The message.</param>
/// <param name="Golden">The whole frame, in the notation of <see cref="WireText"/>.</param>
public sealed record MessageSample(IWireMessage Message, string Golden)
{
    /// <summary>What a server waits for when a client sends it; null for a server's message.</summary>
    public FrontendPhase? Phase { get; init; }

    /// <summary>For a body that ends in free bytes: the least length that is well-formed.</summary>
    public int? OpenFrom { get; init; }

    /// <summary>Offsets in the body of 16-bit counts.</summary>
    public int[] Counts { get; init; } = [];

    /// <summary>Offsets in the body of 32-bit counts and lengths.</summary>
    public int[] Lengths { get; init; } = [];

    public byte[] Frame => WireText.Bytes(Golden);

    public int HeaderSize => Phase == FrontendPhase.Startup ? FrameHeader.LengthSize : FrameHeader.Size;

    public byte[] Body => Frame[HeaderSize..];

    public byte Type => Phase == FrontendPhase.Startup ? (byte)0 : Frame[0];

    public FrameScan Scan(ReadOnlySpan<byte> buffer) => Phase is { } phase
        ? FrontendFrameScanner.Scan(buffer, FrontendLimits.Default, phase)
        : FrameScanner.Scan(buffer, MessageLimits.Default, ServerPhase);

    public bool TryRead(ReadOnlySpan<byte> body, out IWireMessage? message)
    {
        bool ok;
        if (Phase is { } phase)
        {
            ok = FrontendMessages.TryRead(phase, Type, body, out var frontend);
            message = frontend;
        }
        else
        {
            ok = BackendMessages.TryRead(Type, body, out var backend);
            message = backend;
        }

        return ok;
    }

    public override string ToString() => $"{Message.GetType().Name}: {Golden}";

    private FramingPhase ServerPhase => (BackendMessageType)Type switch
    {
        BackendMessageType.Authentication or BackendMessageType.NegotiateProtocolVersion => FramingPhase.Startup,
        BackendMessageType.BackendKeyData => FramingPhase.Authenticated,
        _ => FramingPhase.Session,
    };
}
