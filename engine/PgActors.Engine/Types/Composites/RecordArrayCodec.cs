using PgActors.Protocol;
using PgActors.Rows;
using PgActors.Rows.Mapping;

namespace PgActors.Types;

/// <summary>A composite or record as an array of objects, each of the .NET type that is natural for its column; a column of a type that is
/// not known is its bytes.</summary>
internal sealed class RecordArrayCodec(PgTypeRegistry registry) : PgCodec<object?[]>
{
    private RecordReaders? _last;

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out object?[] value)
    {
        value = [];
        var last = _last;
        if (!RecordForm.TryCheck(source, last?.Types, out var isExpected))
            return DecodeStatus.Malformed;
        if (last is null || !isExpected)
            _last = last = MakeReaders(RecordForm.TypesOf(source));
        RowReader.OpenRecord(source, last.Types.Length, out var reader);
        var result = new object?[last.Types.Length];
        try
        {
            for (var i = 0; i < result.Length; i++)
                result[i] = last.Columns[i].ReadObject(ref reader);
        }
        catch (PgMappingException malformed) when (malformed.Kind == PgMappingErrorKind.Malformed)
        {
            return DecodeStatus.Malformed;
        }

        value = result;
        return DecodeStatus.Ok;
    }

    // The text form does not say the types.
    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out object?[] value)
    {
        value = [];
        using var body = new WireWriter();
        if (!RecordForm.TryConvert(source, body, out var columns))
            return DecodeStatus.Malformed;
        var result = new object?[columns];
        var fields = new WireReader(body.WrittenSpan[2..]);
        for (var i = 0; i < columns; i++)
        {
            if (!fields.TryReadValue(out var field, out var isNull) || TextCodec.Instance.ReadText(field, out var text) != DecodeStatus.Ok)
                return DecodeStatus.Malformed;
            result[i] = isNull ? null : text;
        }

        value = result;
        return DecodeStatus.Ok;
    }

    public override void WriteBinary(WireWriter writer, object?[] value) => throw Refusal();

    public override void WriteText(WireWriter writer, object?[] value) => throw Refusal();

    private static ArgumentException Refusal()
        => new("An array of objects is only read from records. Write a tuple, or a type mapped with PgTypeMapping.Composite.");

    private RecordReaders MakeReaders(uint[] types)
    {
        var columns = new ColumnReader[types.Length];
        for (var i = 0; i < types.Length; i++)
        {
            if (registry.IsUnknown(types[i]))
                throw MappingErrors.UnknownPart(registry, PgTypeOid.Record, types[i]);
            var natural = registry.NaturalTypeOf(types[i]);
            var codec = natural is null ? null : registry.FindReader(natural, types[i], DataFormat.Binary);
            codec ??= ByteaCodec.Instance;
            columns[i] = codec.CreateColumnReader(
                new ColumnTarget(i, $"f{i + 1}", types[i], registry, DataFormat.Binary, codec.ClrType, null, AllowsNull: true));
        }

        return new RecordReaders(types, columns);
    }

    private sealed record RecordReaders(uint[] Types, ColumnReader[] Columns);
}
