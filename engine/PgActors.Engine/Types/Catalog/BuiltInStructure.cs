namespace PgActors.Types;

/// <summary>What the built-in types are made of (PostgreSQL source, pg_type.dat and pg_range.dat).</summary>
internal static class BuiltInStructure
{
    // Subtype, range, array of it, multirange, array of it.
    private static readonly (uint Subtype, uint Range, uint RangeArray, uint Multirange, uint MultirangeArray)[] RangeTypes =
    [
        (PgTypeOid.Int4, 3904, 3905, 4451, 6150),
        (PgTypeOid.Numeric, 3906, 3907, 4532, 6151),
        (PgTypeOid.Timestamp, 3908, 3909, 4533, 6152),
        (PgTypeOid.TimestampTz, 3910, 3911, 4534, 6153),
        (PgTypeOid.Date, 3912, 3913, 4535, 6155),
        (PgTypeOid.Int8, 3926, 3927, 4536, 6157),
    ];

    /// <summary>Describes a built-in type as far as it is made of others.</summary>
    /// <returns><see langword="null"/> if it stands for itself or is not built in.</returns>
    internal static PgTypeDescription? Find(uint oid)
    {
        foreach (var (subtype, range, rangeArray, multirange, multirangeArray) in RangeTypes)
        {
            if (oid == range)
                return Make(oid, PgTypeKind.Range, subtype, rangeArray);
            if (oid == multirange)
                return Make(oid, PgTypeKind.Multirange, range, multirangeArray);
        }

        if (oid is PgTypeOid.Record)
            return Make(oid, PgTypeKind.Pseudo, 0, PgTypeOid.RecordArray);
        return PgTypeNames.ElementOf(oid) is { } element ? Make(oid, PgTypeKind.Array, element, 0) : null;
    }

    /// <summary>The range over a built-in type; <see langword="null"/> if there is none.</summary>
    internal static PgTypeDescription? RangeOf(uint subtype)
    {
        foreach (var type in RangeTypes)
        {
            if (type.Subtype == subtype)
                return Find(type.Range);
        }

        return null;
    }

    /// <summary>The multirange of a built-in range; <see langword="null"/> if there is none.</summary>
    internal static PgTypeDescription? MultirangeOf(uint range)
    {
        foreach (var type in RangeTypes)
        {
            if (type.Range == range)
                return Find(type.Multirange);
        }

        return null;
    }

    /// <summary>Whether a built-in type is always sent in binary if that is asked for: aclitem and gtsvector have no binary form, and a
    /// record may hold anything.</summary>
    internal static bool HasBinaryForm(uint oid) => oid is not
        (1033 or 1034 or 3642 or 3644 or PgTypeOid.Record or PgTypeOid.RecordArray or 2277 or 5078 or 71 or 75 or 81 or 83);

    private static PgTypeDescription Make(uint oid, PgTypeKind kind, uint part, uint array) => new()
    {
        Oid = oid,
        Schema = "pg_catalog",
        Name = PgTypeNames.Find(oid) ?? "",
        Kind = kind,
        PartOid = part,
        ArrayOid = array,
        Delimiter = ',',
    };
}
