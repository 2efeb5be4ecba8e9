using System.Numerics;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>numeric as <see cref="BigInteger"/>: whole numbers of any size, digits behind the point only if all are zero. A number that
/// says little of itself on the wire, such as 1e131071, takes up to 54 KiB.</summary>
internal sealed class BigIntegerCodec : PgCodec<BigInteger>
{
    internal static BigIntegerCodec Instance { get; } = new();

    public override string Limits
        => "It is NaN, infinite, or has digits behind the point, which BigInteger cannot hold; read it as PgNumeric, or round() it.";

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out BigInteger value)
        => Convert(PgNumericCodec.Instance.ReadBinary(source, out var number), number, out value);

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out BigInteger value)
        => Convert(PgNumericCodec.Instance.ReadText(source, out var number), number, out value);

    public override void WriteBinary(WireWriter writer, BigInteger value) => PgNumericCodec.Instance.WriteBinary(writer, Numeric(value));

    public override void WriteText(WireWriter writer, BigInteger value) => PgNumericCodec.Instance.WriteText(writer, Numeric(value));

    private static DecodeStatus Convert(DecodeStatus status, PgNumeric number, out BigInteger value)
    {
        value = BigInteger.Zero;
        if (status != DecodeStatus.Ok)
            return status;
        return number.TryToBigInteger(out value) ? DecodeStatus.Ok : DecodeStatus.OutOfRange;
    }

    private static PgNumeric Numeric(BigInteger value)
    {
        try
        {
            return PgNumeric.Create(value);
        }
        catch (OverflowException refused)
        {
            throw new ArgumentException(refused.Message, nameof(value), refused);
        }
    }
}
