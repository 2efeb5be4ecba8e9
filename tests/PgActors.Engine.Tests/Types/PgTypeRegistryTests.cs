using PgActors.Protocol;
using PgActors.Types;

namespace PgActors.Engine.Tests.Types;

public sealed class PgTypeRegistryTests
{
    private static readonly PgTypeRegistry Default = PgTypeRegistry.Default;

    [Fact]
    public void Natural_types_are_those_of_PostgreSQL()
    {
        Assert.Equal(25u, OidOf("a"));
        Assert.Equal(1700u, OidOf(1m));
        Assert.Equal(23u, OidOf(1));
        Assert.Equal(23u, OidOf((int?)1));
        Assert.Equal(23u, OidOf((int?)null));
        Assert.Equal(1007u, OidOf(new[] { 1 }));
        Assert.Equal(1007u, OidOf(new List<int?> { 1 }));
        Assert.Equal(17u, OidOf(new byte[] { 1 }));
        Assert.Equal(1001u, OidOf(new List<byte[]>()));
        Assert.Equal(17u, OidOf(new ReadOnlyMemory<byte>([1])));
        Assert.Equal(3802u, OidOf(System.Text.Json.JsonDocument.Parse("1")));
    }

    [Fact]
    public void DateTime_is_written_by_its_kind()
    {
        Assert.Equal(1114u, OidOf(new DateTime(1)));
        Assert.Equal(1184u, OidOf(new DateTime(1, DateTimeKind.Utc)));
        Assert.Equal(1184u, OidOf((DateTime?)new DateTime(1, DateTimeKind.Utc)));
        Assert.Equal(1115u, OidOf(new[] { new DateTime(1) }));
        Assert.Equal(1185u, OidOf(new[] { new DateTime(1, DateTimeKind.Utc) }));
        Assert.Equal(1184u, OidOf(DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void Reading_widens_and_never_narrows()
    {
        Assert.NotNull(Default.FindReader<long>(PgTypeOid.Int2));
        Assert.NotNull(Default.FindReader<long>(PgTypeOid.Int4));
        Assert.NotNull(Default.FindReader<double>(PgTypeOid.Float4));
        Assert.NotNull(Default.FindReader<string>(PgTypeOid.Name));
        Assert.Null(Default.FindReader<int>(PgTypeOid.Int8));
        Assert.Null(Default.FindReader<short>(PgTypeOid.Int4));
        Assert.Null(Default.FindReader<float>(PgTypeOid.Float8));
        Assert.Null(Default.FindReader<double>(PgTypeOid.Numeric));
    }

    [Fact]
    public void Any_text_is_a_string_and_no_unknown_binary_is()
    {
        Assert.NotNull(Default.FindReader<string>(PgTypeOid.Inet, DataFormat.Text));
        Assert.Null(Default.FindReader<string>(PgTypeOid.Inet));
        Assert.Null(Default.FindReader<int>(PgTypeOid.Inet, DataFormat.Text));
    }

    [Fact]
    public void Names_are_those_of_the_catalog()
    {
        Assert.Equal("int4", Default.NameOf(23));
        Assert.Equal("timestamptz[]", Default.NameOf(1185));
        Assert.Equal("\"char\"", Default.NameOf(18));
        Assert.Equal("datemultirange[]", Default.NameOf(6155));
        Assert.Equal("the type with OID 99999", Default.NameOf(99999));
    }

    [Fact]
    public void With_adds_a_type_of_ones_own_and_leaves_the_old_registry_alone()
    {
        var registry = Default.With(PgTypeMapping.Value(new CelsiusCodec(), 70000, 70001, typeName: "celsius"));
        Assert.Null(Default.FindReader<Celsius>(70000));
        Assert.Null(Default.FindWriter<Celsius>());
        Assert.NotNull(registry.FindReader<Celsius>(70000));
        Assert.NotNull(registry.FindReader<List<Celsius?>>(70001));
        Assert.True(registry.TryFindWriter(new Celsius(1), out _, out var oid));
        Assert.Equal(70000u, oid);
        Assert.Equal("celsius[]", registry.NameOf(70001));
        Assert.Null(Default.FindWriter<Celsius>());
    }

    [Fact]
    public void With_replaces_what_a_type_was_written_as()
    {
        var registry = Default.With(PgTypeMapping.Reference(TextCodec.Instance, PgTypeOid.VarChar, PgTypeOid.VarCharArray));
        Assert.True(registry.TryFindWriter("a", out _, out var oid));
        Assert.Equal(PgTypeOid.VarChar, oid);
        Assert.Equal(25u, OidOf("a"));
    }

    [Fact]
    public void Mapping_without_an_array_type_is_no_array_of_type_0()
    {
        var registry = Default.With(PgTypeMapping.Value(new CelsiusCodec(), 70000));
        Assert.Null(registry.FindReader<Celsius[]>(0));
        Assert.Null(registry.FindWriter<Celsius[]>());
        Assert.Equal("the type with OID 0", registry.NameOf(0));
    }

    [Fact]
    public void Finding_a_writer_again_allocates_nothing()
    {
        Default.FindWriter<int?>();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            Default.TryFindWriter<int?>(i, out _, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static uint OidOf<T>(T value) => Default.TryFindWriter(value, out _, out var oid) ? oid : 0;

    private readonly record struct Celsius(double Degrees);

    private sealed class CelsiusCodec : PgCodec<Celsius>
    {
        public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out Celsius value)
        {
            var status = Float8Codec.Instance.ReadBinary(source, out var degrees);
            value = new(degrees);
            return status;
        }

        public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out Celsius value)
        {
            var status = Float8Codec.Instance.ReadText(source, out var degrees);
            value = new(degrees);
            return status;
        }

        public override void WriteBinary(WireWriter writer, Celsius value) => writer.WriteDouble(value.Degrees);

        public override void WriteText(WireWriter writer, Celsius value) => Float8Codec.Instance.WriteText(writer, value.Degrees);
    }
}
