namespace PgActors.Protocol;

/// <summary>A message that a server sends. The type byte of a body tells which one to read.</summary>
public interface IBackendMessage : IWireMessage;

/// <summary>A message that a server sends and that knows how to read itself.</summary>
/// <typeparam name="TSelf">The message's own type.</typeparam>
public interface IBackendMessage<TSelf> : IBackendMessage
    where TSelf : struct, IBackendMessage<TSelf>
{
    /// <summary>The type byte in front of the length.</summary>
    static abstract byte Type { get; }

    /// <summary>Reads the body (what follows the length).</summary>
    /// <returns><see langword="false"/> if the body is malformed: too short, too long, or with a length inside that does not fit.</returns>
    static abstract bool TryRead(ReadOnlySpan<byte> body, out TSelf message);
}
