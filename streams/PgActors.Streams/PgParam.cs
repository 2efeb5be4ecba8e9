using System.IO.Pipelines;
using PgActors.Types;

namespace PgActors;

/// <summary>Says which PostgreSQL type a parameter has, where the .NET type alone would mean another:
/// <c>$"insert into t values ({PgParam.As(json, PgTypeOid.Jsonb)})"</c>.</summary>
public static class PgParam
{
    /// <summary>A parameter of a type with a fixed OID.</summary>
    /// <param name="value">The value.</param>
    /// <param name="typeOid">The type, one of <see cref="PgTypeOid"/>.</param>
    /// <typeparam name="T">The .NET type, which must have a mapping to that type.</typeparam>
    public static PgParam<T> As<T>(T value, uint typeOid) => new(value, typeOid, null);

    /// <summary>A parameter of any type. One that is not built in is looked up when it is first met.</summary>
    /// <param name="value">The value.</param>
    /// <param name="typeName">The type's name as it is stored, behind its schema if needed: <c>jsonb</c>, <c>mood</c>, <c>shop.mood[]</c>.</param>
    /// <typeparam name="T">The .NET type, which must have a mapping to that type.</typeparam>
    public static PgParam<T> As<T>(T value, string typeName)
    {
        ArgumentException.ThrowIfNullOrEmpty(typeName);
        return new(value, 0, typeName);
    }

    /// <summary>
    /// A parameter that is read from a stream while it is sent, so that it may have up to a gigabyte and takes no more memory than a few pieces
    /// of it: <c>await db.ExecuteAsync($"insert into pictures values ({id}, {PgParam.Stream(file)})")</c>. A stream in an interpolated
    /// string means the same.
    /// </summary>
    /// <remarks>On a database the command takes a session of its own. Nothing is read before the server has accepted the statement. If the
    /// stream throws or ends too early, or the command is cancelled meanwhile, the connection is closed, since the protocol knows no other way
    /// to end a message; the command has not run then. The stream is not disposed, and not touched once the call has returned.</remarks>
    /// <param name="stream">The value's bytes, from where the stream stands.</param>
    /// <param name="length">How many bytes to read; <see langword="null"/> for all up to the end of a stream that can seek.</param>
    /// <param name="typeOid">The type: bytea, or one that looks like text (text, varchar, bpchar, json, jsonb, xml), whose bytes are
    /// UTF-8.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative, or the type is none of those.</exception>
    public static PgStreamParam Stream(Stream stream, long? length = null, uint typeOid = PgTypeOid.Bytea) => new(stream, length, typeOid);

    /// <inheritdoc cref="Stream(Stream, long?, uint)"/>
    /// <param name="reader">The value's bytes. It is not completed.</param>
    /// <param name="length">How many bytes to read.</param>
    /// <param name="typeOid">As above.</param>
    public static PgStreamParam Stream(PipeReader reader, long length, uint typeOid = PgTypeOid.Bytea)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new(reader.AsStream(leaveOpen: true), length, typeOid);
    }
}
