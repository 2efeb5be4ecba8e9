using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>Points in a row, as path and polygon have them. Memory is taken for no more than the bytes that are there can hold.</summary>
internal static class PointRun
{
    private const int PointSize = 2 * sizeof(double);

    /// <summary>Reads a count in 4 bytes and that many points, with which the value ends.</summary>
    internal static bool TryReadBinary(ref WireReader reader, out ImmutableArray<PgPoint> points)
    {
        points = [];
        if (!reader.TryReadInt32(out var count) || count < 0 || reader.Remaining != (long)count * PointSize)
            return false;
        var run = new PgPoint[count];
        reader.TryReadBytes(count * PointSize, out var bytes);
        Turn(MemoryMarshal.Cast<byte, long>(bytes), MemoryMarshal.Cast<PgPoint, long>(run.AsSpan()));
        points = ImmutableCollectionsMarshal.AsImmutableArray(run);
        return true;
    }

    internal static void WriteBinary(WireWriter writer, ImmutableArray<PgPoint> points)
    {
        writer.WriteInt32(points.Length);
        var size = checked(points.Length * PointSize);
        Turn(MemoryMarshal.Cast<PgPoint, long>(points.AsSpan()), MemoryMarshal.Cast<byte, long>(writer.GetSpan(size)[..size]));
        writer.Advance(size);
    }

    // A point is its two coordinates, one behind the other.
    private static void Turn(ReadOnlySpan<long> source, Span<long> destination)
    {
        if (BitConverter.IsLittleEndian)
            BinaryPrimitives.ReverseEndianness(source, destination);
        else
            source.CopyTo(destination);
    }

    /// <summary>Reads <c>(1,2),(3,4)</c> between brackets to the end of the text.</summary>
    internal static bool TryReadText(ref GeometryText text, byte close, out ImmutableArray<PgPoint> points)
    {
        points = [];
        var run = ImmutableArray.CreateBuilder<PgPoint>();
        do
        {
            if (!text.TryReadPoint(out var point))
                return false;
            run.Add(point);
        }
        while (text.TryTake((byte)','));
        points = run.DrainToImmutable();
        return text.TryTake(close) && text.AtEnd;
    }

    internal static void WriteText(WireWriter writer, ImmutableArray<PgPoint> points, byte open, byte close)
    {
        writer.WriteByte(open);
        for (var i = 0; i < points.Length; i++)
        {
            if (i > 0)
                writer.WriteByte((byte)',');
            GeometryText.WritePoint(writer, points[i]);
        }

        writer.WriteByte(close);
    }

    internal static int Hash(ReadOnlySpan<PgPoint> points)
    {
        var hash = default(HashCode);
        foreach (var point in points)
            hash.Add(point);
        return hash.ToHashCode();
    }
}
