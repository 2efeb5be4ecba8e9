namespace PgActors.Types;

/// <summary>OIDs of the built-in types that are sent or asked for by number. Those below 10000 are assigned by hand and never change
/// (PostgreSQL source, pg_type.dat).</summary>
public static class PgTypeOid
{
    /// <summary>No type is named: the server decides from where the parameter stands.</summary>
    public const uint Unspecified = 0;

    /// <summary>bool.</summary>
    public const uint Bool = 16;

    /// <summary>bool[].</summary>
    public const uint BoolArray = 1000;

    /// <summary>bytea.</summary>
    public const uint Bytea = 17;

    /// <summary>bytea[].</summary>
    public const uint ByteaArray = 1001;

    /// <summary>&quot;char&quot;, the one-byte type of the catalogs.</summary>
    public const uint InternalChar = 18;

    /// <summary>&quot;char&quot;[].</summary>
    public const uint InternalCharArray = 1002;

    /// <summary>name.</summary>
    public const uint Name = 19;

    /// <summary>name[].</summary>
    public const uint NameArray = 1003;

    /// <summary>int8.</summary>
    public const uint Int8 = 20;

    /// <summary>int8[].</summary>
    public const uint Int8Array = 1016;

    /// <summary>int2.</summary>
    public const uint Int2 = 21;

    /// <summary>int2[].</summary>
    public const uint Int2Array = 1005;

    /// <summary>int2vector.</summary>
    public const uint Int2Vector = 22;

    /// <summary>int2vector[].</summary>
    public const uint Int2VectorArray = 1006;

    /// <summary>int4.</summary>
    public const uint Int4 = 23;

    /// <summary>int4[].</summary>
    public const uint Int4Array = 1007;

    /// <summary>text.</summary>
    public const uint Text = 25;

    /// <summary>text[].</summary>
    public const uint TextArray = 1009;

    /// <summary>oid.</summary>
    public const uint Oid = 26;

    /// <summary>oid[].</summary>
    public const uint OidArray = 1028;

    /// <summary>tid.</summary>
    public const uint Tid = 27;

    /// <summary>tid[].</summary>
    public const uint TidArray = 1010;

    /// <summary>xid.</summary>
    public const uint Xid = 28;

    /// <summary>xid[].</summary>
    public const uint XidArray = 1011;

    /// <summary>cid.</summary>
    public const uint Cid = 29;

    /// <summary>cid[].</summary>
    public const uint CidArray = 1012;

    /// <summary>oidvector.</summary>
    public const uint OidVector = 30;

    /// <summary>oidvector[].</summary>
    public const uint OidVectorArray = 1013;

    /// <summary>json.</summary>
    public const uint Json = 114;

    /// <summary>json[].</summary>
    public const uint JsonArray = 199;

    /// <summary>xml.</summary>
    public const uint Xml = 142;

    /// <summary>xml[].</summary>
    public const uint XmlArray = 143;

    /// <summary>xid8.</summary>
    public const uint Xid8 = 5069;

    /// <summary>xid8[].</summary>
    public const uint Xid8Array = 271;

    /// <summary>point.</summary>
    public const uint Point = 600;

    /// <summary>point[].</summary>
    public const uint PointArray = 1017;

    /// <summary>lseg.</summary>
    public const uint LineSegment = 601;

    /// <summary>lseg[].</summary>
    public const uint LineSegmentArray = 1018;

    /// <summary>path.</summary>
    public const uint Path = 602;

    /// <summary>path[].</summary>
    public const uint PathArray = 1019;

    /// <summary>box.</summary>
    public const uint Box = 603;

    /// <summary>box[].</summary>
    public const uint BoxArray = 1020;

    /// <summary>polygon.</summary>
    public const uint Polygon = 604;

    /// <summary>polygon[].</summary>
    public const uint PolygonArray = 1027;

    /// <summary>line.</summary>
    public const uint Line = 628;

    /// <summary>line[].</summary>
    public const uint LineArray = 629;

    /// <summary>cidr.</summary>
    public const uint Cidr = 650;

    /// <summary>cidr[].</summary>
    public const uint CidrArray = 651;

    /// <summary>float4.</summary>
    public const uint Float4 = 700;

    /// <summary>float4[].</summary>
    public const uint Float4Array = 1021;

    /// <summary>float8.</summary>
    public const uint Float8 = 701;

    /// <summary>float8[].</summary>
    public const uint Float8Array = 1022;

    /// <summary>unknown.</summary>
    public const uint Unknown = 705;

    /// <summary>circle.</summary>
    public const uint Circle = 718;

    /// <summary>circle[].</summary>
    public const uint CircleArray = 719;

    /// <summary>macaddr8.</summary>
    public const uint MacAddr8 = 774;

    /// <summary>macaddr8[].</summary>
    public const uint MacAddr8Array = 775;

    /// <summary>money.</summary>
    public const uint Money = 790;

    /// <summary>money[].</summary>
    public const uint MoneyArray = 791;

    /// <summary>macaddr.</summary>
    public const uint MacAddr = 829;

    /// <summary>macaddr[].</summary>
    public const uint MacAddrArray = 1040;

    /// <summary>inet.</summary>
    public const uint Inet = 869;

    /// <summary>inet[].</summary>
    public const uint InetArray = 1041;

    /// <summary>bpchar.</summary>
    public const uint BpChar = 1042;

    /// <summary>bpchar[].</summary>
    public const uint BpCharArray = 1014;

    /// <summary>varchar.</summary>
    public const uint VarChar = 1043;

    /// <summary>varchar[].</summary>
    public const uint VarCharArray = 1015;

    /// <summary>date.</summary>
    public const uint Date = 1082;

    /// <summary>date[].</summary>
    public const uint DateArray = 1182;

    /// <summary>time.</summary>
    public const uint Time = 1083;

    /// <summary>time[].</summary>
    public const uint TimeArray = 1183;

    /// <summary>timestamp.</summary>
    public const uint Timestamp = 1114;

    /// <summary>timestamp[].</summary>
    public const uint TimestampArray = 1115;

    /// <summary>timestamptz.</summary>
    public const uint TimestampTz = 1184;

    /// <summary>timestamptz[].</summary>
    public const uint TimestampTzArray = 1185;

    /// <summary>interval.</summary>
    public const uint Interval = 1186;

    /// <summary>interval[].</summary>
    public const uint IntervalArray = 1187;

    /// <summary>timetz.</summary>
    public const uint TimeTz = 1266;

    /// <summary>timetz[].</summary>
    public const uint TimeTzArray = 1270;

    /// <summary>bit.</summary>
    public const uint Bit = 1560;

    /// <summary>bit[].</summary>
    public const uint BitArray = 1561;

    /// <summary>varbit.</summary>
    public const uint VarBit = 1562;

    /// <summary>varbit[].</summary>
    public const uint VarBitArray = 1563;

    /// <summary>numeric.</summary>
    public const uint Numeric = 1700;

    /// <summary>numeric[].</summary>
    public const uint NumericArray = 1231;

    /// <summary>refcursor.</summary>
    public const uint RefCursor = 1790;

    /// <summary>refcursor[].</summary>
    public const uint RefCursorArray = 2201;

    /// <summary>regclass.</summary>
    public const uint Regclass = 2205;

    /// <summary>regclass[].</summary>
    public const uint RegclassArray = 2210;

    /// <summary>regtype.</summary>
    public const uint Regtype = 2206;

    /// <summary>regtype[].</summary>
    public const uint RegtypeArray = 2211;

    /// <summary>record.</summary>
    public const uint Record = 2249;

    /// <summary>record[].</summary>
    public const uint RecordArray = 2287;

    /// <summary>cstring.</summary>
    public const uint CString = 2275;

    /// <summary>cstring[].</summary>
    public const uint CStringArray = 1263;

    /// <summary>void.</summary>
    public const uint Void = 2278;

    /// <summary>uuid.</summary>
    public const uint Uuid = 2950;

    /// <summary>uuid[].</summary>
    public const uint UuidArray = 2951;

    /// <summary>pg_lsn.</summary>
    public const uint PgLsn = 3220;

    /// <summary>pg_lsn[].</summary>
    public const uint PgLsnArray = 3221;

    /// <summary>tsvector.</summary>
    public const uint TsVector = 3614;

    /// <summary>tsvector[].</summary>
    public const uint TsVectorArray = 3643;

    /// <summary>tsquery.</summary>
    public const uint TsQuery = 3615;

    /// <summary>tsquery[].</summary>
    public const uint TsQueryArray = 3645;

    /// <summary>jsonb.</summary>
    public const uint Jsonb = 3802;

    /// <summary>jsonb[].</summary>
    public const uint JsonbArray = 3807;

    /// <summary>jsonpath.</summary>
    public const uint JsonPath = 4072;

    /// <summary>jsonpath[].</summary>
    public const uint JsonPathArray = 4073;

    /// <summary>oid8.</summary>
    public const uint Oid8 = 6437;

    /// <summary>oid8[].</summary>
    public const uint Oid8Array = 6442;

    /// <summary>regproc.</summary>
    public const uint Regproc = 24;

    /// <summary>regproc[].</summary>
    public const uint RegprocArray = 1008;

    /// <summary>regprocedure.</summary>
    public const uint Regprocedure = 2202;

    /// <summary>regprocedure[].</summary>
    public const uint RegprocedureArray = 2207;

    /// <summary>regoper.</summary>
    public const uint Regoper = 2203;

    /// <summary>regoper[].</summary>
    public const uint RegoperArray = 2208;

    /// <summary>regoperator.</summary>
    public const uint Regoperator = 2204;

    /// <summary>regoperator[].</summary>
    public const uint RegoperatorArray = 2209;

    /// <summary>regconfig.</summary>
    public const uint Regconfig = 3734;

    /// <summary>regconfig[].</summary>
    public const uint RegconfigArray = 3735;

    /// <summary>regdictionary.</summary>
    public const uint Regdictionary = 3769;

    /// <summary>regdictionary[].</summary>
    public const uint RegdictionaryArray = 3770;

    /// <summary>regnamespace.</summary>
    public const uint Regnamespace = 4089;

    /// <summary>regnamespace[].</summary>
    public const uint RegnamespaceArray = 4090;

    /// <summary>regrole.</summary>
    public const uint Regrole = 4096;

    /// <summary>regrole[].</summary>
    public const uint RegroleArray = 4097;

    /// <summary>regcollation.</summary>
    public const uint Regcollation = 4191;

    /// <summary>regcollation[].</summary>
    public const uint RegcollationArray = 4192;

    /// <summary>regdatabase (PostgreSQL 19).</summary>
    public const uint Regdatabase = 6490;

    /// <summary>regdatabase[].</summary>
    public const uint RegdatabaseArray = 6491;

    /// <summary>aclitem, which has no binary form.</summary>
    public const uint AclItem = 1033;

    /// <summary>aclitem[].</summary>
    public const uint AclItemArray = 1034;

    /// <summary>pg_node_tree.</summary>
    public const uint PgNodeTree = 194;

    /// <summary>pg_snapshot.</summary>
    public const uint PgSnapshot = 5038;

    /// <summary>pg_snapshot[].</summary>
    public const uint PgSnapshotArray = 5039;

    /// <summary>txid_snapshot.</summary>
    public const uint TxidSnapshot = 2970;

    /// <summary>txid_snapshot[].</summary>
    public const uint TxidSnapshotArray = 2949;
}
