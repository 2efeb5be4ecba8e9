namespace PgActors;

/// <summary>A server reported that one of its settings changed.</summary>
/// <param name="Session">Which session heard it.</param>
/// <param name="Name">The setting.</param>
/// <param name="Value">Its value now.</param>
public sealed record PgParameterEvent(string Session, string Name, string Value) : PgEvent;
