namespace PgActors.Types;

/// <summary>inet, cidr, macaddr and macaddr8.</summary>
internal static class NetworkTypes
{
    private const PgTypeUse ReadAndWrite = PgTypeUse.Read | PgTypeUse.Write;

    internal static PgTypeMapping[] All =>
    [
        PgTypeMapping.Reference(IPAddressCodec.Instance, PgTypeOid.Inet, PgTypeOid.InetArray),
        PgTypeMapping.Value(InetCodec.Inet, PgTypeOid.Inet, PgTypeOid.InetArray),
        PgTypeMapping.Value(IPNetworkCodec.Instance, PgTypeOid.Cidr, PgTypeOid.CidrArray),
        PgTypeMapping.Value(InetCodec.Cidr, PgTypeOid.Cidr, PgTypeOid.CidrArray, ReadAndWrite),
        PgTypeMapping.Reference(MacAddressCodec.SixBytes, PgTypeOid.MacAddr, PgTypeOid.MacAddrArray),
        PgTypeMapping.Reference(MacAddressCodec.EightBytes, PgTypeOid.MacAddr8, PgTypeOid.MacAddr8Array),
    ];
}
