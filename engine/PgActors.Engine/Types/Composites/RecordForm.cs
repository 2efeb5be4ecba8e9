using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>The frame of a composite or record: in binary a count, then for each column its type and its value behind its length (PostgreSQL
/// source, record_send); in text <c>(1,"two words",)</c>.</summary>
internal static class RecordForm
{
    // A type and a length word.
    private const int SmallestColumn = 2 * sizeof(int);

    /// <summary>Checks the whole frame.</summary>
    /// <param name="source">The binary form.</param>
    /// <param name="expected">The types that the columns should have.</param>
    /// <param name="isExpected">Whether they have them.</param>
    /// <returns><see langword="false"/> if it is malformed.</returns>
    internal static bool TryCheck(ReadOnlySpan<byte> source, ReadOnlySpan<uint> expected, out bool isExpected)
    {
        isExpected = false;
        var reader = new WireReader(source);
        if (!reader.TryReadInt32(out var count) || count < 0 || count > reader.Remaining / SmallestColumn)
            return false;
        isExpected = count == expected.Length;
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadUInt32(out var oid) || !reader.TryReadValue(out _, out _))
                return false;
            isExpected = isExpected && oid == expected[i];
        }

        return reader.AtEnd;
    }

    /// <summary>The types of the columns of a frame that <see cref="TryCheck"/> accepted.</summary>
    internal static uint[] TypesOf(ReadOnlySpan<byte> source)
    {
        var reader = new WireReader(source);
        reader.TryReadInt32(out var count);
        var types = new uint[count];
        foreach (ref var type in types.AsSpan())
        {
            reader.TryReadUInt32(out type);
            reader.TryReadValue(out _, out _);
        }

        return types;
    }

    /// <summary>Makes the body of a DataRow of the text form.</summary>
    /// <param name="source">The text form.</param>
    /// <param name="body">Where to.</param>
    /// <param name="columns">How many columns there are; one that is NULL cannot be told from none.</param>
    /// <returns><see langword="false"/> if it is malformed.</returns>
    internal static bool TryConvert(ReadOnlySpan<byte> source, WireWriter body, out int columns)
    {
        columns = 0;
        body.WriteUInt16(0);
        var text = new QuotedText(source);
        try
        {
            if (!text.TryTake((byte)'('))
                return false;
            do
            {
                if (!text.TryReadField(out var field, out var isNull))
                    return false;
                columns++;
                if (isNull)
                {
                    body.WriteNull();
                    continue;
                }

                body.WriteInt32(field.Length);
                body.WriteBytes(field);
            }
            while (text.TryTake((byte)','));
            return text.Rest.SequenceEqual(")"u8) && columns <= ushort.MaxValue;
        }
        finally
        {
            text.Dispose();
        }
    }
}
