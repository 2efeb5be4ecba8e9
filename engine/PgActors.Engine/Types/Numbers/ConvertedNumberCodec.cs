using System.Numerics;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>A number type of PostgreSQL read and written as another number type of .NET. What does not fit is refused in both
/// directions; only the last digits of a double written as float4 are rounded away, as the server itself would.</summary>
internal sealed class ConvertedNumberCodec<TWire, T>(PgCodec<TWire> wire) : PgCodec<T>
    where TWire : struct, INumberBase<TWire>
    where T : struct, INumberBase<T>
{
    public override string Limits => $"The number is outside the range of {typeof(T).Name}.";

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out T value)
        => Convert(wire.ReadBinary(source, out var number), number, out value);

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out T value)
        => Convert(wire.ReadText(source, out var number), number, out value);

    public override void WriteBinary(WireWriter writer, T value) => wire.WriteBinary(writer, Narrow(value));

    public override void WriteText(WireWriter writer, T value) => wire.WriteText(writer, Narrow(value));

    private static DecodeStatus Convert(DecodeStatus status, TWire number, out T value)
    {
        value = T.CreateTruncating(number);
        if (status != DecodeStatus.Ok)
            return status;
        return TWire.IsNaN(number) || TWire.CreateTruncating(value) == number ? DecodeStatus.Ok : DecodeStatus.OutOfRange;
    }

    private static TWire Narrow(T value)
    {
        var number = TWire.CreateSaturating(value);
        var fits = IsWhole ? T.CreateSaturating(number) == value : TWire.IsInfinity(number) == T.IsInfinity(value);
        if (!fits)
            throw new ArgumentException($"The number does not fit the PostgreSQL type that {typeof(TWire).Name} stands for.",
                nameof(value));
        return number;
    }

    /// <summary>Whether the PostgreSQL type holds whole numbers only: one half is zero there.</summary>
    private static bool IsWhole => TWire.IsZero(TWire.CreateTruncating(0.5));
}
