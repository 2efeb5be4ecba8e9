using System.Numerics;
using PgActors.Protocol;
using PgActors.Types;

namespace PgActors.Engine.Tests.Types;

/// <summary>Short numbers are read without the detour by their digits; both ways must agree.</summary>
public sealed class BigIntegerTests
{
    public static TheoryData<string> Numbers()
    {
        var random = new Random(1);
        var numbers = new TheoryData<string> { "0", "1", "-1", "9999", "10000", "-10000", "12.00", "0.000", new string('9', 36), "1" + new string('0', 36) };
        for (var length = 1; length <= 45; length++)
        {
            var digits = string.Concat(Enumerable.Range(0, length).Select(i => random.Next(i == 0 ? 1 : 0, 10)));
            numbers.Add(digits);
            numbers.Add("-" + digits + new string('0', random.Next(20)) + ".0000");
        }

        return numbers;
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Whole_number_is_read_whatever_its_length(string text)
    {
        var number = PgNumeric.Parse(text);
        using var writer = new WireWriter();
        PgNumericCodec.Instance.WriteBinary(writer, number);
        Assert.Equal(DecodeStatus.Ok, BigIntegerCodec.Instance.ReadBinary(writer.WrittenSpan, out var read));
        Assert.Equal(BigInteger.Parse(text.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture), read);
        writer.Truncate(0);
        BigIntegerCodec.Instance.WriteBinary(writer, read);
        Assert.Equal(DecodeStatus.Ok, PgNumericCodec.Instance.ReadBinary(writer.WrittenSpan, out var written));
        Assert.Equal(number, written);
    }

    // Groups, weight, sign, scale, then the groups: zeros that a server leaves out, and digits that a BigInteger has no place for.
    [Theory]
    [InlineData("0003 0001 0000 0004 0000 0007 0000", 7)]
    [InlineData("0001 0001 4000 0000 0007", -70000)]
    [InlineData("0001 0000 4000 0000 0000", 0)]
    [InlineData("0002 0000 0000 0000 0007 1388", 7)]
    public void Digits_that_count_for_nothing_change_nothing(string hex, int value)
    {
        Assert.Equal(DecodeStatus.Ok, BigIntegerCodec.Instance.ReadBinary(Bytes(hex), out var read));
        Assert.Equal(value, read);
    }

    [Theory]
    [InlineData("0002 0000 0000 0004 0007 1388", DecodeStatus.OutOfRange)]
    [InlineData("0001 FFFF 0000 0004 1388", DecodeStatus.OutOfRange)]
    [InlineData("0000 0000 C000 0000", DecodeStatus.OutOfRange)]
    [InlineData("0001 0000 0000 0000 2710", DecodeStatus.Malformed)]
    [InlineData("0001 0000 0000 4000 0001", DecodeStatus.Malformed)]
    [InlineData("0001 0000 0001 0000 0001", DecodeStatus.Malformed)]
    [InlineData("0002 0000 0000 0000 0001", DecodeStatus.Malformed)]
    public void What_is_no_whole_number_is_told(string hex, DecodeStatus status) =>
        Assert.Equal(status, BigIntegerCodec.Instance.ReadBinary(Bytes(hex), out _));

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
