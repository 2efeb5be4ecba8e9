using PgActors.Types;

namespace PgActors;

/// <summary>A parameter that is read from a stream while it is sent, made by <see cref="PgParam.Stream(Stream, long?, uint)"/>.</summary>
public readonly struct PgStreamParam
{
    private readonly long? _length;

    internal PgStreamParam(Stream source, long? length, uint typeOid)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (length is { } given)
            ArgumentOutOfRangeException.ThrowIfNegative(given, nameof(length));
        if (typeOid is not (PgTypeOid.Bytea or PgTypeOid.Text or PgTypeOid.VarChar or PgTypeOid.BpChar or PgTypeOid.Json or PgTypeOid.Jsonb
            or PgTypeOid.Xml))
        {
            throw new ArgumentOutOfRangeException(
                nameof(typeOid),
                typeOid,
                "A stream can be a bytea, text, varchar, bpchar, json, jsonb or xml. Cast it in SQL to anything else.");
        }

        Source = source;
        _length = length;
        TypeOid = typeOid;
    }

    internal Stream Source { get; }

    internal uint TypeOid { get; }

    /// <summary>What stands in front of the content in the binary form: of a jsonb the version of that form (PostgreSQL source,
    /// jsonb_recv).</summary>
    internal ReadOnlySpan<byte> Prefix => TypeOid == PgTypeOid.Jsonb ? [1] : [];

    /// <summary>Bytes to read; <see langword="null"/> if nobody can say.</summary>
    internal long? FindLength() => _length ?? (Source.CanSeek ? Math.Max(0, Source.Length - Source.Position) : null);
}
