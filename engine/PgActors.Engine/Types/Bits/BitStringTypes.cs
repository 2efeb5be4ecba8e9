namespace PgActors.Types;

/// <summary>varbit and bit. Sent as varbit, which becomes a bit wherever one is asked for.</summary>
internal static class BitStringTypes
{
    private const PgTypeUse ReadAndWrite = PgTypeUse.Read | PgTypeUse.Write;

    internal static PgTypeMapping[] All =>
    [
        PgTypeMapping.Value(BitStringCodec.Instance, PgTypeOid.VarBit, PgTypeOid.VarBitArray),
        PgTypeMapping.Value(BitStringCodec.Instance, PgTypeOid.Bit, PgTypeOid.BitArray, ReadAndWrite),
        PgTypeMapping.Reference(BitArrayCodec.Instance, PgTypeOid.VarBit, PgTypeOid.VarBitArray),
        PgTypeMapping.Reference(BitArrayCodec.Instance, PgTypeOid.Bit, PgTypeOid.BitArray, ReadAndWrite),
    ];
}
