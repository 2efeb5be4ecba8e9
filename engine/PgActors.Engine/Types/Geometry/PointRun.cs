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
        foreach (ref var point in run.AsSpan())
            GeometryBinary.TryReadPoint(ref reader, out point);
        points = ImmutableCollectionsMarshal.AsImmutableArray(run);
        return true;
    }

    internal static void WriteBinary(WireWriter writer, ImmutableArray<PgPoint> points)
    {
        writer.WriteInt32(points.Length);
        foreach (var point in points)
            GeometryBinary.WritePoint(writer, point);
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
