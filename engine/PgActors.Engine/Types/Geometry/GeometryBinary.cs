using System.Buffers.Binary;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>The doubles that geometry is made of in binary.</summary>
internal static class GeometryBinary
{
    internal static bool TryReadDouble(ref WireReader reader, out double value)
    {
        value = 0;
        return reader.TryReadBytes(sizeof(double), out var bytes) && BinaryPrimitives.TryReadDoubleBigEndian(bytes, out value);
    }

    internal static bool TryReadPoint(ref WireReader reader, out PgPoint value)
    {
        double y = 0;
        var isRead = TryReadDouble(ref reader, out var x) && TryReadDouble(ref reader, out y);
        value = new PgPoint(x, y);
        return isRead;
    }

    internal static void WritePoint(WireWriter writer, PgPoint value)
    {
        writer.WriteDouble(value.X);
        writer.WriteDouble(value.Y);
    }
}
