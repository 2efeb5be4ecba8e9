namespace PgActors.Protocol;

/// <summary>A message that can be put on the wire, its frame included.</summary>
public interface IWireMessage
{
    /// <summary>Appends the whole message: type byte (where it has one), length and body.</summary>
    void Write(WireWriter writer);
}
