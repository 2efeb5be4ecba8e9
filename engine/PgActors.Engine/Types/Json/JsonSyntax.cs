using System.Text.Json;

namespace PgActors.Types;

/// <summary>Tells JSON that is broken from JSON that a .NET type does not match: the deserializer throws the same for both.</summary>
internal static class JsonSyntax
{
    /// <summary>What to answer after the deserializer refused <paramref name="source"/>.</summary>
    internal static DecodeStatus Judge(ReadOnlySpan<byte> source)
    {
        // PostgreSQL bounds the depth by its own stack only, .NET by 64; what is deeper is good JSON that .NET does not take.
        var reader = new Utf8JsonReader(source, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
            }

            return DecodeStatus.OutOfRange;
        }
        catch (JsonException)
        {
            return DecodeStatus.Malformed;
        }
    }
}
