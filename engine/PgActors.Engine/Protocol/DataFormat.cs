namespace PgActors.Protocol;

/// <summary>How a value is written on the wire (PostgreSQL documentation, "Formats and Format Codes").</summary>
public enum DataFormat : short
{
    /// <summary>The type's text form, in the session's client encoding.</summary>
    Text = 0,

    /// <summary>The type's binary form, big-endian.</summary>
    Binary = 1,
}
