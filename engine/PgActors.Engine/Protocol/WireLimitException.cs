namespace PgActors.Protocol;

/// <summary>A message or value is larger than the protocol can carry. Nothing of it was sent.</summary>
public sealed class WireLimitException : ArgumentException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="length">Bytes the message would have had.</param>
    public WireLimitException(long length)
        : base($"A message of {length:N0} bytes is over the {WireWriter.MaxMessageLength:N0} bytes that PostgreSQL accepts in one message. "
            + "Send the value in parts, or through COPY.")
        => Length = length;

    /// <summary>Bytes the message would have had.</summary>
    public long Length { get; }
}
