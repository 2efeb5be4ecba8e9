namespace PgActors.Types;

/// <summary>Names of the built-in types, as SQL casts spell them (PostgreSQL source, pg_type.dat).</summary>
internal static class PgTypeNames
{
    // OID, OID of its array type (0 if it has none), name.
    private static readonly (uint Oid, uint ArrayOid, string Name)[] BuiltIn =
    [
        (16, 1000, "bool"),
        (17, 1001, "bytea"),
        (18, 1002, "\"char\""),
        (19, 1003, "name"),
        (20, 1016, "int8"),
        (21, 1005, "int2"),
        (22, 1006, "int2vector"),
        (23, 1007, "int4"),
        (24, 1008, "regproc"),
        (25, 1009, "text"),
        (26, 1028, "oid"),
        (27, 1010, "tid"),
        (28, 1011, "xid"),
        (29, 1012, "cid"),
        (30, 1013, "oidvector"),
        (114, 199, "json"),
        (142, 143, "xml"),
        (194, 0, "pg_node_tree"),
        (5069, 271, "xid8"),
        (600, 1017, "point"),
        (601, 1018, "lseg"),
        (602, 1019, "path"),
        (603, 1020, "box"),
        (604, 1027, "polygon"),
        (628, 629, "line"),
        (650, 651, "cidr"),
        (700, 1021, "float4"),
        (701, 1022, "float8"),
        (705, 0, "unknown"),
        (718, 719, "circle"),
        (774, 775, "macaddr8"),
        (790, 791, "money"),
        (829, 1040, "macaddr"),
        (869, 1041, "inet"),
        (1033, 1034, "aclitem"),
        (1042, 1014, "bpchar"),
        (1043, 1015, "varchar"),
        (1082, 1182, "date"),
        (1083, 1183, "time"),
        (1114, 1115, "timestamp"),
        (1184, 1185, "timestamptz"),
        (1186, 1187, "interval"),
        (1266, 1270, "timetz"),
        (1560, 1561, "bit"),
        (1562, 1563, "varbit"),
        (1700, 1231, "numeric"),
        (1790, 2201, "refcursor"),
        (2202, 2207, "regprocedure"),
        (2203, 2208, "regoper"),
        (2204, 2209, "regoperator"),
        (2205, 2210, "regclass"),
        (2206, 2211, "regtype"),
        (2249, 2287, "record"),
        (2275, 1263, "cstring"),
        (2276, 0, "any"),
        (2277, 0, "anyarray"),
        (2278, 0, "void"),
        (2279, 0, "trigger"),
        (2281, 0, "internal"),
        (2283, 0, "anyelement"),
        (2950, 2951, "uuid"),
        (2970, 2949, "txid_snapshot"),
        (3220, 3221, "pg_lsn"),
        (3361, 0, "pg_ndistinct"),
        (3402, 0, "pg_dependencies"),
        (3500, 0, "anyenum"),
        (3614, 3643, "tsvector"),
        (3615, 3645, "tsquery"),
        (3642, 3644, "gtsvector"),
        (3734, 3735, "regconfig"),
        (3769, 3770, "regdictionary"),
        (3802, 3807, "jsonb"),
        (3831, 0, "anyrange"),
        (3904, 3905, "int4range"),
        (3906, 3907, "numrange"),
        (3908, 3909, "tsrange"),
        (3910, 3911, "tstzrange"),
        (3912, 3913, "daterange"),
        (3926, 3927, "int8range"),
        (4072, 4073, "jsonpath"),
        (4089, 4090, "regnamespace"),
        (4096, 4097, "regrole"),
        (4191, 4192, "regcollation"),
        (4451, 6150, "int4multirange"),
        (4532, 6151, "nummultirange"),
        (4533, 6152, "tsmultirange"),
        (4534, 6153, "tstzmultirange"),
        (4535, 6155, "datemultirange"),
        (4536, 6157, "int8multirange"),
        (4537, 0, "anymultirange"),
        (4538, 0, "anycompatiblemultirange"),
        (4600, 0, "pg_brin_bloom_summary"),
        (4601, 0, "pg_brin_minmax_multi_summary"),
        (5017, 0, "pg_mcv_list"),
        (5038, 5039, "pg_snapshot"),
        (5077, 0, "anycompatible"),
        (5078, 0, "anycompatiblearray"),
        (5079, 0, "anycompatiblenonarray"),
        (5080, 0, "anycompatiblerange"),
        (6437, 6442, "oid8"),
        (6490, 6491, "regdatabase"),
    ];

    /// <summary>The type of an array's elements; <see langword="null"/> if it is no array type.</summary>
    internal static uint? ElementOf(uint arrayOid)
    {
        foreach (var type in BuiltIn)
        {
            if (type.ArrayOid == arrayOid && arrayOid != PgTypeOid.Unspecified)
                return type.Oid;
        }

        return null;
    }

    /// <summary>The OID of the type with a name, as a cast in SQL spells it, arrays included; <see langword="null"/> if it is not built
    /// in.</summary>
    internal static uint? OidOf(string name)
    {
        var isArray = name.EndsWith("[]", StringComparison.Ordinal);
        var element = isArray ? name[..^2] : name;
        foreach (var type in BuiltIn)
        {
            if (type.Name == element)
                return isArray ? (type.ArrayOid == 0 ? null : type.ArrayOid) : type.Oid;
        }

        return null;
    }

    /// <summary>The name; <see langword="null"/> for a type that is not built in. For messages only, so a search will do.</summary>
    internal static string? Find(uint oid)
    {
        foreach (var type in BuiltIn)
        {
            if (type.Oid == oid)
                return type.Name;
            if (type.ArrayOid == oid && oid != PgTypeOid.Unspecified)
                return type.Name + "[]";
        }

        return null;
    }
}
