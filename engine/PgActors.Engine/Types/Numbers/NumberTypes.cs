using System.Numerics;

namespace PgActors.Types;

/// <summary>Integers, floating point, numeric, money and oid.</summary>
internal static class NumberTypes
{
    private const PgTypeUse ReadAndWrite = PgTypeUse.Read | PgTypeUse.Write;

    internal static PgTypeMapping[] All =>
    [
        PgTypeMapping.Value(Int2Codec.Instance, PgTypeOid.Int2, PgTypeOid.Int2Array),
        PgTypeMapping.Value(Int4Codec.Instance, PgTypeOid.Int4, PgTypeOid.Int4Array),
        PgTypeMapping.Value(Int8Codec.Instance, PgTypeOid.Int8, PgTypeOid.Int8Array),
        PgTypeMapping.Value(OidCodec.Instance, PgTypeOid.Oid, PgTypeOid.OidArray),
        PgTypeMapping.Value(Float4Codec.Instance, PgTypeOid.Float4, PgTypeOid.Float4Array),
        PgTypeMapping.Value(Float8Codec.Instance, PgTypeOid.Float8, PgTypeOid.Float8Array),
        PgTypeMapping.Value(NumericCodec.Instance, PgTypeOid.Numeric, PgTypeOid.NumericArray),
        PgTypeMapping.Value(PgNumericCodec.Instance, PgTypeOid.Numeric, PgTypeOid.NumericArray),
        PgTypeMapping.Value(BigIntegerCodec.Instance, PgTypeOid.Numeric, PgTypeOid.NumericArray),
        PgTypeMapping.Value(MoneyCodec.Instance, PgTypeOid.Money, PgTypeOid.MoneyArray),

        // Read where every value fits; written, checked, where an OID asks for it.
        Number<short, int>(Int2Codec.Instance, PgTypeOid.Int2, PgTypeOid.Int2Array, ReadAndWrite),
        Number<short, long>(Int2Codec.Instance, PgTypeOid.Int2, PgTypeOid.Int2Array, ReadAndWrite),
        Number<short, decimal>(Int2Codec.Instance, PgTypeOid.Int2, PgTypeOid.Int2Array, ReadAndWrite),
        Number<int, short>(Int4Codec.Instance, PgTypeOid.Int4, PgTypeOid.Int4Array, PgTypeUse.Write),
        Number<int, long>(Int4Codec.Instance, PgTypeOid.Int4, PgTypeOid.Int4Array, ReadAndWrite),
        Number<int, decimal>(Int4Codec.Instance, PgTypeOid.Int4, PgTypeOid.Int4Array, ReadAndWrite),
        Number<long, short>(Int8Codec.Instance, PgTypeOid.Int8, PgTypeOid.Int8Array, PgTypeUse.Write),
        Number<long, int>(Int8Codec.Instance, PgTypeOid.Int8, PgTypeOid.Int8Array, PgTypeUse.Write),
        Number<long, decimal>(Int8Codec.Instance, PgTypeOid.Int8, PgTypeOid.Int8Array, ReadAndWrite),
        Number<float, double>(Float4Codec.Instance, PgTypeOid.Float4, PgTypeOid.Float4Array, ReadAndWrite),
        Number<double, float>(Float8Codec.Instance, PgTypeOid.Float8, PgTypeOid.Float8Array, PgTypeUse.Write),
        Number<decimal, int>(NumericCodec.Instance, PgTypeOid.Numeric, PgTypeOid.NumericArray, PgTypeUse.Write),
        Number<decimal, long>(NumericCodec.Instance, PgTypeOid.Numeric, PgTypeOid.NumericArray, PgTypeUse.Write),
    ];

    private static PgTypeMapping Number<TWire, T>(PgCodec<TWire> wire, uint typeOid, uint arrayOid, PgTypeUse use)
        where TWire : struct, INumberBase<TWire>
        where T : struct, INumberBase<T>
        => PgTypeMapping.Value(new ConvertedNumberCodec<TWire, T>(wire), typeOid, arrayOid, use);
}
