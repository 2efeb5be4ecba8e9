using System.Text;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>hstore: in binary a count and for each entry key and value, each behind its length (PostgreSQL source, hstore_send); in text
/// <c>"a"=&gt;"1", "b"=&gt;NULL</c> (PostgreSQL documentation, "hstore").</summary>
internal sealed class HstoreCodec : PgCodec<Dictionary<string, string?>>
{
    // Two length words and no bytes.
    private const int SmallestEntry = 2 * sizeof(int);

    internal static HstoreCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out Dictionary<string, string?> value)
    {
        value = [];
        var reader = new WireReader(source);
        if (!reader.TryReadInt32(out var count) || count < 0 || count > reader.Remaining / SmallestEntry)
            return DecodeStatus.Malformed;
        var result = new Dictionary<string, string?>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            string? text = null;
            if (!reader.TryReadValue(out var keyBytes, out var isNull) || isNull || !TryRead(keyBytes, out var key)
                || !reader.TryReadValue(out var bytes, out isNull) || (!isNull && !TryRead(bytes, out text))
                || !result.TryAdd(key, isNull ? null : text))
                return DecodeStatus.Malformed;
        }

        if (!reader.AtEnd)
            return DecodeStatus.Malformed;
        value = result;
        return DecodeStatus.Ok;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out Dictionary<string, string?> value)
    {
        value = [];
        var result = new Dictionary<string, string?>(StringComparer.Ordinal);
        var rest = source;
        while (!rest.IsEmpty)
        {
            if (!TryReadQuoted(ref rest, out var key) || !rest.StartsWith("=>"u8))
                return DecodeStatus.Malformed;
            rest = rest[2..];
            string? text = null;
            if (rest.StartsWith("NULL"u8))
                rest = rest[4..];
            else if (!TryReadQuoted(ref rest, out text))
                return DecodeStatus.Malformed;
            if (!result.TryAdd(key, text) || (!rest.IsEmpty && !rest.StartsWith(", "u8)))
                return DecodeStatus.Malformed;
            if (rest.Length == 2)
                return DecodeStatus.Malformed;
            rest = rest.IsEmpty ? rest : rest[2..];
        }

        value = result;
        return DecodeStatus.Ok;
    }

    public override void WriteBinary(WireWriter writer, Dictionary<string, string?> value)
    {
        writer.WriteInt32(value.Count);
        foreach (var (key, text) in value)
        {
            Write(writer, key);
            if (text is null)
                writer.WriteNull();
            else
                Write(writer, text);
        }
    }

    public override void WriteText(WireWriter writer, Dictionary<string, string?> value)
    {
        var isFirst = true;
        foreach (var (key, text) in value)
        {
            if (!isFirst)
                writer.WriteBytes(", "u8);
            isFirst = false;
            WriteQuoted(writer, key);
            writer.WriteBytes("=>"u8);
            if (text is null)
                writer.WriteBytes("NULL"u8);
            else
                WriteQuoted(writer, text);
        }
    }

    private static bool TryRead(ReadOnlySpan<byte> bytes, out string text)
        => TextCodec.Instance.ReadText(bytes, out text) == DecodeStatus.Ok;

    private static void Write(WireWriter writer, string text)
    {
        var mark = writer.BeginValue();
        TextCodec.Instance.WriteText(writer, text);
        writer.EndValue(mark);
    }

    private static bool TryReadQuoted(scoped ref ReadOnlySpan<byte> rest, out string text)
    {
        text = "";
        if (rest is not [(byte)'"', ..])
            return false;
        var bytes = new List<byte>();
        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] == '"')
            {
                rest = rest[(i + 1)..];
                return TryRead([.. bytes], out text);
            }

            if (rest[i] == '\\' && ++i == rest.Length)
                return false;
            bytes.Add(rest[i]);
        }

        return false;
    }

    private static void WriteQuoted(WireWriter writer, string text)
        => TextCodec.Instance.WriteText(
            writer, new StringBuilder(text).Replace("\\", "\\\\").Replace("\"", "\\\"").Insert(0, '"').Append('"').ToString());
}
