namespace PgActors.Testing;

/// <summary>What a model server knows of types (PostgreSQL's pg_type.dat).</summary>
internal static class ModelTypes
{
    public const uint Bool = 16;
    public const uint Name = 19;
    public const uint Int8 = 20;
    public const uint Int2 = 21;
    public const uint Int4 = 23;
    public const uint Text = 25;
    public const uint Oid = 26;
    public const uint Json = 114;
    public const uint Xml = 142;
    public const uint Unknown = 705;
    public const uint BpChar = 1042;
    public const uint VarChar = 1043;

    private const uint Float4 = 700;
    private const uint Float8 = 701;
    private const uint Date = 1082;
    private const uint Time = 1083;
    private const uint Timestamp = 1114;
    private const uint TimestampTz = 1184;
    private const uint Uuid = 2950;
    private const short NameLength = 64;

    /// <summary>Bytes of a fixed-size type; -1 for any other.</summary>
    public static short Length(uint type) => type switch
    {
        Bool => 1,
        Int2 => 2,
        Int4 or Oid or Float4 or Date => 4,
        Int8 or Float8 or Time or Timestamp or TimestampTz => 8,
        Uuid => 16,
        Name => NameLength,
        _ => -1,
    };

    /// <summary>Whether the text form and the binary form are the same.</summary>
    public static bool IsTextual(uint type) => type is Text or VarChar or BpChar or Name or Json or Xml or Unknown;

    /// <summary>Whether a value can be read as a whole number and written in the other format.</summary>
    public static bool IsInteger(uint type) => type is Bool or Int2 or Int4 or Int8 or Oid;

    /// <summary>The type's name in messages.</summary>
    public static string NameOf(uint type) => type switch
    {
        Bool => "boolean",
        Int2 => "smallint",
        Int4 => "integer",
        Int8 => "bigint",
        Oid => "oid",
        _ => $"type {type}",
    };
}
