using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using PgActors.Protocol;
using PgActors.Rows;
using PgActors.Rows.Mapping;

namespace PgActors.Types;

/// <summary>A composite as a .NET object, made as a row is made: columns by name, or by position into a tuple.</summary>
/// <remarks>A column that does not fit throws <see cref="PgMappingException"/>, which names it; a status could not.</remarks>
internal abstract class AnyRecordCodec<T>(TypeContext context) : PgCodec<T>
{
    // Invariant: each is one immutable object, so that a race between threads costs a second one and nothing else.
    private RecordPlan<T>? _binary;
    private RecordPlan<T>? _text;
    private RecordWriter<T>? _writer;

    private protected TypeContext Context => context;

    public sealed override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, [MaybeNull] out T value)
    {
        value = default;
        var plan = _binary ?? new RecordPlan<T>([], null!);
        if (!RecordForm.TryCheck(source, plan.Types, out var isExpected))
            return DecodeStatus.Malformed;
        if (!isExpected || plan.Mapper is null)
            _binary = plan = new RecordPlan<T>(RecordForm.TypesOf(source), MakeMapper(RecordForm.TypesOf(source), DataFormat.Binary));
        try
        {
            value = plan.Mapper.ReadRecord(source);
            return DecodeStatus.Ok;
        }
        catch (PgMappingException malformed) when (malformed.Kind == PgMappingErrorKind.Malformed)
        {
            return DecodeStatus.Malformed;
        }
    }

    public sealed override DecodeStatus ReadText(ReadOnlySpan<byte> source, [MaybeNull] out T value)
    {
        value = default;
        using var body = new WireWriter();
        if (!RecordForm.TryConvert(source, body, out var columns))
            return DecodeStatus.Malformed;
        var plan = _text;
        if (plan is null || plan.Types.Length != columns)
        {
            var types = TypesOfText(columns);
            _text = plan = new RecordPlan<T>(types, MakeMapper(types, DataFormat.Text));
        }

        var row = body.WrittenMemory;
        BinaryPrimitives.WriteUInt16BigEndian(System.Runtime.InteropServices.MemoryMarshal.AsMemory(row).Span, (ushort)plan.Types.Length);
        try
        {
            value = plan.Mapper.Read(plan.Types.Length == 0 ? row.Span[..2] : row.Span);
            return DecodeStatus.Ok;
        }
        catch (PgMappingException malformed) when (malformed.Kind == PgMappingErrorKind.Malformed)
        {
            return DecodeStatus.Malformed;
        }
    }

    public sealed override void WriteBinary(WireWriter writer, T value) => Writer.WriteBinary(writer, value);

    public sealed override void WriteText(WireWriter writer, T value) => Writer.WriteText(writer, value);

    private RecordWriter<T> Writer => _writer ??= MakeWriter();

    private protected abstract RowMapper<T> MakeMapper(uint[] types, DataFormat format);

    /// <summary>The types of the columns of a text form, which does not say them.</summary>
    private protected abstract uint[] TypesOfText(int columns);

    private protected abstract RecordWriter<T> MakeWriter();

    private protected static RowLayout LayoutOf(IReadOnlyList<PgAttribute> attributes, DataFormat format)
        => new([.. attributes.Select(attribute => new ColumnDescription(attribute.Name, 0, 0, attribute.TypeOid, -1, -1, format))]);
}
