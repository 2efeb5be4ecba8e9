using System.Buffers.Binary;
using PgActors.Types;

namespace PgActors.Engine.Tests.Types;

/// <summary>Every decoder against bytes that lie. A registered type without a case fails here, so that none goes untested.</summary>
public sealed class HostileValueTests
{
    // More than any decoder needs for the short cases (BigInteger takes what PostgreSQL's longest number needs), and far less than what
    // the hostile counts announce.
    private const long MostMemory = 1 << 20;

    private static readonly long[] HostileNumbers =
        [-1, -2, int.MaxValue, int.MinValue, 0x10000, 0xFFFF, 0x7FFF, 0x8000, 0x3FFFFFFF, 0x01000000, long.MaxValue, long.MinValue, 0];

    public static TheoryData<string> Names => CodecTests.Names;

    [Fact]
    public void Every_registered_codec_has_a_case()
    {
        var covered = CodecCases.All.Select(c => c.Codec).ToHashSet();
        var missing = BuiltInTypes.All
            .Where(mapping => mapping.Use.HasFlag(PgTypeUse.Read) && !covered.Contains(mapping.FindScalar(mapping.ClrType, default)!))
            .Where(mapping => !mapping.ClrType.Name.StartsWith("Json", StringComparison.Ordinal))
            .Select(mapping => $"{mapping.ClrType.Name} of OID {mapping.TypeOid}");
        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Numbers_that_lie_never_throw_and_take_no_memory(string name)
    {
        var codec = CodecCases.Get(name);
        codec.ReadBinary(codec.Binary);
        foreach (var width in (int[])[1, 2, 4, 8])
        {
            for (var position = 0; position + width <= codec.Binary.Length; position++)
            {
                foreach (var number in HostileNumbers)
                    AssertBounded(codec, Overwrite(codec.Binary, position, width, number));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Lengths_that_are_off_by_one_never_throw(string name)
    {
        var codec = CodecCases.Get(name);
        for (var position = 0; position + sizeof(int) <= codec.Binary.Length; position++)
        {
            var number = BinaryPrimitives.ReadInt32BigEndian(codec.Binary.AsSpan(position));
            AssertBounded(codec, Overwrite(codec.Binary, position, sizeof(int), number + 1L));
            AssertBounded(codec, Overwrite(codec.Binary, position, sizeof(int), number - 1L));
            AssertBounded(codec, Overwrite(codec.Binary, position, sizeof(int), codec.Binary.Length - position));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Value_written_twice_is_not_one_value(string name)
    {
        var codec = CodecCases.Get(name);
        if (codec.IsSelfDelimiting && codec.Binary.Length > 0)
            Assert.Equal(DecodeStatus.Malformed, codec.ReadBinary([.. codec.Binary, .. codec.Binary]));
    }

    private static void AssertBounded(CodecCase codec, byte[] bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var status = codec.ReadBinary(bytes);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostMemory);
        Assert.True(Enum.IsDefined(status));
    }

    private static byte[] Overwrite(byte[] bytes, int position, int width, long number)
    {
        Span<byte> wide = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(wide, number);
        var changed = bytes.ToArray();
        wide[^width..].CopyTo(changed.AsSpan(position));
        return changed;
    }
}
