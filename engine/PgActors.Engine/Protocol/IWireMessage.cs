namespace PgActors.Protocol;

/// <summary>A message that can be put on the wire, its frame included.</summary>
public interface IWireMessage
{
    /// <summary>Appends the whole message: type byte (where it has one), length and body.</summary>
    /// <exception cref="ArgumentException">The message has no form on the wire. The writer may then hold a part of it:
    /// <see cref="WireMessageWriting.Append"/> takes that back.</exception>
    void Write(WireWriter writer);
}
