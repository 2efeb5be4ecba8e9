namespace PgActors.Sessions;

/// <summary>The two ways to send a command (PostgreSQL documentation, "Message Flow").</summary>
public enum CommandProtocol : byte
{
    /// <summary>Parse, Bind, Describe, Execute, Sync: one statement, parameters, binary results.</summary>
    Extended,

    /// <summary>Query: any number of statements, no parameters, text results.</summary>
    Simple,
}
