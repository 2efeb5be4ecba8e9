using PgActors.Protocol;
using PgActors.Types;

namespace PgActors.Engine.Tests.Types;

/// <summary>One value in its forms.</summary>
public abstract class CodecCase(string name, PgCodec codec, byte[] binary)
{
    public PgCodec Codec => codec;

    public string Name => name;

    public byte[] Binary => binary;

    /// <summary>Whether any shorter and any longer run of bytes is no value: not so for plain text and bytea.</summary>
    public bool IsSelfDelimiting { get; init; } = true;

    public abstract DecodeStatus ReadBinary(byte[] source);

    public abstract DecodeStatus ReadText(byte[] source);

    public abstract void CheckReads();

    public abstract void CheckWrites();
}

public sealed class CodecCase<T>(string name, PgCodec<T> codec, T value, string hex, string text, string? writtenText = null)
    : CodecCase(name, codec, Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)))
{
    public override DecodeStatus ReadBinary(byte[] source) => codec.ReadBinary(source, out _);

    public override DecodeStatus ReadText(byte[] source) => codec.ReadText(source, out _);

    public override void CheckReads()
    {
        Assert.Equal(DecodeStatus.Ok, codec.ReadBinary(Binary, out var fromBinary));
        AssertSame(fromBinary);
        Assert.Equal(DecodeStatus.Ok, codec.ReadText(System.Text.Encoding.UTF8.GetBytes(text), out var fromText));
        AssertSame(fromText);
    }

    public override void CheckWrites()
    {
        using var writer = new WireWriter(1);
        codec.WriteBinary(writer, value);
        Assert.Equal(Convert.ToHexString(Binary), Convert.ToHexString(writer.WrittenSpan));
        writer.Clear();
        codec.WriteText(writer, value);
        Assert.Equal(writtenText ?? text, System.Text.Encoding.UTF8.GetString(writer.WrittenSpan));
    }

    private void AssertSame(T? read)
    {
        // A memory equals another only if it is of the same array.
        if (value is ReadOnlyMemory<byte> bytes)
            Assert.Equal(bytes.ToArray(), ((ReadOnlyMemory<byte>)(object)read!).ToArray());
        else if (value is ReadOnlyMemory<float> numbers)
            Assert.Equal(numbers.ToArray(), ((ReadOnlyMemory<float>)(object)read!).ToArray());
        else
            Assert.Equal(value, read);

        // Equal is not enough: 1.0 equals 1.00 and a kind or an offset counts for nothing.
        if (value is decimal expected)
            Assert.Equal(decimal.GetBits(expected), decimal.GetBits((decimal)(object)read!));
        if (value is DateTime time)
            Assert.Equal(time.Kind, ((DateTime)(object)read!).Kind);
        if (value is DateTimeOffset offset)
            Assert.Equal(offset.Offset, ((DateTimeOffset)(object)read!).Offset);
    }
}
