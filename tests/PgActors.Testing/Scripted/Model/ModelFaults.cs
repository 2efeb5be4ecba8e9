using PgActors.Protocol;

namespace PgActors.Testing;

/// <summary>What goes wrong on one connection of a <see cref="ModelServer"/>. An immutable value; counts begin with the
/// connection.</summary>
public sealed record ModelFaults
{
    /// <summary>Nothing goes wrong.</summary>
    public static ModelFaults None { get; } = new();

    /// <summary>The message, counted from 1 with the first packet, that is received and not answered any more: the connection ends
    /// instead. What was said before it and not yet sent is lost.</summary>
    public long? CloseAtMessage { get; init; }

    /// <summary>How many bytes are sent before the connection ends, be it in the middle of a message.</summary>
    public long? CloseAfterBytes { get; init; }

    /// <summary>Whether the client sees a reset instead of an end.</summary>
    public bool Resets { get; init; }

    /// <summary>Names what to wait for before a message is answered, or nothing (<see langword="null"/>); released by
    /// <see cref="ModelServer.Release"/>. Called on the connection's loop, once for each message.</summary>
    public Func<IFrontendMessage, string?>? HoldBefore { get; init; }
}
