using PgActors.Protocol;

namespace PgActors.Framing;

/// <summary>
/// How long each message of a server may be in each phase, measured as its length word. Immutable; safe to share. A type without a cap in
/// a phase has no place there.
/// </summary>
/// <remarks>
/// A cap bounds what one message can make us hold. libpq has the same idea with fewer numbers: before authentication it takes R and v up to
/// 2,000 bytes and E up to 30,000, later 30,000 for everything but d, D, E, V, N, A, T and t.
/// </remarks>
public sealed class MessageLimits
{
    /// <summary>The largest length word a PostgreSQL server can produce: its message buffers hold one byte less than MaxAllocSize
    /// (0x3FFFFFFF), one of them a terminator, and the length word counts itself.</summary>
    public const int MaxLength = 0x3FFFFFFE + FrameHeader.LengthSize;

    /// <summary>Messages that a server may send before the first ReadyForQuery. Not enforced here: whoever runs the start-up
    /// counts.</summary>
    public const int MaxStartupMessages = 1000;

    /// <summary>Bytes that a server may send before the first ReadyForQuery, frames included. Not enforced here either.</summary>
    public const int MaxStartupBytes = 1024 * 1024;

    private const int TypeCount = 256;
    private const int PhaseCount = 3;
    private const int KibiByte = 1024;
    private const int MebiByte = 1024 * KibiByte;

    // What libpq takes for every type that it does not know to be long.
    private const int LibpqShort = 30_000;

    // Kerberos tokens of users in many groups are far over libpq's 2,000.
    private const int AuthenticationCap = 64 * KibiByte;

    // The names in it are those of our own start-up packet, which a server takes up to 10,000 bytes.
    private const int NegotiateCap = 16 * KibiByte;

    private const int KeyDataCap = FrameHeader.LengthSize + sizeof(int) + CancelKey.MaxLength;
    private const int EmptyCap = FrameHeader.LengthSize;
    private const int ReadyCap = FrameHeader.LengthSize + 1;
    private const int StatusCap = 64 * KibiByte;
    private const int NotificationCap = 16 * KibiByte;
    private const int ErrorCap = MebiByte;

    // 65,535 columns with names of 63 bytes are under 6 MiB.
    private const int DescriptionCap = 16 * MebiByte;

    // A format, a count and 65,535 codes.
    private const int CopyResponseCap = FrameHeader.LengthSize + 1 + 2 + (2 * ushort.MaxValue);

    private readonly int[] _caps;

    private MessageLimits(int[] caps) => _caps = caps;

    /// <summary>The usual caps: rows, COPY data and function results up to <see cref="MaxLength"/>, descriptions 16 MiB, errors and notices
    /// 1 MiB (30,000 bytes before authentication), settings and authentication 64 KiB, notifications 16 KiB, command tags 30,000 bytes, and
    /// the exact length of whatever has a fixed one.</summary>
    public static MessageLimits Default { get; } = new(MakeDefault());

    /// <summary>The largest length word of a message.</summary>
    /// <returns>0 if the type is unknown or has no place in the phase.</returns>
    public int Cap(FramingPhase phase, byte type) => Caps(phase)[type];

    /// <summary>The same limits but for one cap.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="type">The message's type.</param>
    /// <param name="cap">The largest length word, 4 to <see cref="MaxLength"/>; 0 bans the type from the phase.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cap"/> is neither.</exception>
    public MessageLimits With(FramingPhase phase, BackendMessageType type, int cap)
    {
        if (cap != 0)
            ArgumentOutOfRangeException.ThrowIfLessThan(cap, FrameHeader.LengthSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cap, MaxLength);
        var index = ((int)phase * TypeCount) + (byte)type;
        if (_caps[index] == cap)
            return this;
        var caps = (int[])_caps.Clone();
        caps[index] = cap;
        return new MessageLimits(caps);
    }

    internal ReadOnlySpan<int> Caps(FramingPhase phase) => _caps.AsSpan((int)phase * TypeCount, TypeCount);

    private static int[] MakeDefault()
    {
        var caps = new int[PhaseCount * TypeCount];
        foreach (var phase in Enum.GetValues<FramingPhase>())
        {
            foreach (var type in Enum.GetValues<BackendMessageType>())
            {
                caps[((int)phase * TypeCount) + (byte)type] = phase switch
                {
                    FramingPhase.Startup => StartupCap(type),
                    FramingPhase.Authenticated => AuthenticatedCap(type),
                    FramingPhase.Session => SessionCap(type),
                };
            }
        }

        return caps;
    }

    // PostgreSQL sends only R, v and E here; poolers have been seen to add a notice or a setting.
    private static int StartupCap(BackendMessageType type) => type switch
    {
        BackendMessageType.Authentication => AuthenticationCap,
        BackendMessageType.NegotiateProtocolVersion => NegotiateCap,
        BackendMessageType.ErrorResponse or BackendMessageType.NoticeResponse => LibpqShort,
        BackendMessageType.ParameterStatus => StatusCap,
        _ => 0,
    };

    private static int AuthenticatedCap(BackendMessageType type) => type switch
    {
        BackendMessageType.NegotiateProtocolVersion => NegotiateCap,
        BackendMessageType.BackendKeyData => KeyDataCap,
        BackendMessageType.ErrorResponse or BackendMessageType.NoticeResponse => ErrorCap,
        BackendMessageType.ParameterStatus => StatusCap,
        BackendMessageType.NotificationResponse => NotificationCap,
        BackendMessageType.ReadyForQuery => ReadyCap,
        _ => 0,
    };

    private static int SessionCap(BackendMessageType type) => type switch
    {
        BackendMessageType.Authentication => 0,
        BackendMessageType.BackendKeyData => 0,
        BackendMessageType.NegotiateProtocolVersion => 0,
        BackendMessageType.BindComplete => EmptyCap,
        BackendMessageType.CloseComplete => EmptyCap,
        BackendMessageType.CommandComplete => LibpqShort,
        BackendMessageType.CopyBothResponse => CopyResponseCap,
        BackendMessageType.CopyData => MaxLength,
        BackendMessageType.CopyDone => EmptyCap,
        BackendMessageType.CopyInResponse => CopyResponseCap,
        BackendMessageType.CopyOutResponse => CopyResponseCap,
        BackendMessageType.DataRow => MaxLength,
        BackendMessageType.EmptyQueryResponse => EmptyCap,
        BackendMessageType.ErrorResponse => ErrorCap,
        BackendMessageType.FunctionCallResponse => MaxLength,
        BackendMessageType.NoData => EmptyCap,
        BackendMessageType.NoticeResponse => ErrorCap,
        BackendMessageType.NotificationResponse => NotificationCap,
        BackendMessageType.ParameterDescription => DescriptionCap,
        BackendMessageType.ParameterStatus => StatusCap,
        BackendMessageType.ParseComplete => EmptyCap,
        BackendMessageType.PortalSuspended => EmptyCap,
        BackendMessageType.ReadyForQuery => ReadyCap,
        BackendMessageType.RowDescription => DescriptionCap,
    };
}
