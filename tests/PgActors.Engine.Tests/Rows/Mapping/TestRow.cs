using PgActors.Protocol;
using PgActors.Rows;
using PgActors.Types;

namespace PgActors.Engine.Tests.Rows.Mapping;

/// <summary>Builds a result of one row: columns with their values.</summary>
internal sealed class TestRow : IDisposable
{
    private readonly List<ColumnDescription> _columns = [];
    private readonly WireWriter _values = new();

    internal RowLayout Layout => new([.. _columns]);

    internal byte[] Body => [(byte)(_columns.Count >> 8), (byte)_columns.Count, .. _values.WrittenSpan];

    public void Dispose() => _values.Dispose();

    internal TestRow Add<T>(string name, T value, uint? oid = null, DataFormat format = DataFormat.Binary)
    {
        PgTypeRegistry.Default.TryFindWriter(value, out var codec, out var natural);
        codec = oid is { } asked ? PgTypeRegistry.Default.FindWriter<T>(asked) : codec;
        Describe(name, oid ?? natural, format);
        if (value is null)
        {
            _values.WriteNull();
            return this;
        }

        var mark = _values.BeginValue();
        if (format == DataFormat.Binary)
            codec!.WriteBinary(_values, value);
        else
            codec!.WriteText(_values, value);
        _values.EndValue(mark);
        return this;
    }

    internal TestRow AddRaw(string name, uint oid, byte[] bytes, DataFormat format = DataFormat.Binary)
    {
        Describe(name, oid, format);
        var mark = _values.BeginValue();
        _values.WriteBytes(bytes);
        _values.EndValue(mark);
        return this;
    }

    private void Describe(string name, uint oid, DataFormat format) => _columns.Add(new(name, 0, 0, oid, -1, -1, format));
}
