using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>
/// json as a .NET type, through System.Text.Json. It works from type information that is generated at compile time, so nothing is
/// reflected over and trimming is safe. Wrapped by the registry for jsonb, whose binary form has a version in front.
/// </summary>
/// <remarks>JSON that does not match <typeparamref name="T"/>, and the JSON literal <c>null</c> for a type that has
/// <see langword="null"/>, are <see cref="DecodeStatus.OutOfRange"/>. What a converter of yours throws, other than
/// <see cref="JsonException"/>, reaches the caller.</remarks>
/// <typeparam name="T">The type that the JSON is made into.</typeparam>
/// <param name="typeInfo">How it is made, usually a property of a <c>JsonSerializerContext</c>.</param>
public sealed class JsonCodec<T>(JsonTypeInfo<T> typeInfo) : PgCodec<T>
{
    /// <inheritdoc/>
    public override string Limits => $"The JSON does not match {typeof(T).Name}.";

    /// <inheritdoc/>
    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, [MaybeNull] out T value) => ReadText(source, out value);

    /// <inheritdoc/>
    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, [MaybeNull] out T value)
    {
        try
        {
            value = JsonSerializer.Deserialize(source, typeInfo);
            return value is null ? DecodeStatus.OutOfRange : DecodeStatus.Ok;
        }
        catch (JsonException)
        {
            value = default;
            return JsonSyntax.Judge(source);
        }
    }

    /// <inheritdoc/>
    public override void WriteBinary(WireWriter writer, T value) => WriteText(writer, value);

    /// <inheritdoc/>
    public override void WriteText(WireWriter writer, T value)
    {
        using var json = new Utf8JsonWriter(writer);
        JsonSerializer.Serialize(json, value, typeInfo);
    }
}
