namespace PgActors.Types;

/// <summary>point, line, lseg, box, path, polygon and circle.</summary>
internal static class GeometryTypes
{
    internal static PgTypeMapping[] All =>
    [
        PgTypeMapping.Value(PointCodec.Instance, PgTypeOid.Point, PgTypeOid.PointArray),
        PgTypeMapping.Value(LineCodec.Instance, PgTypeOid.Line, PgTypeOid.LineArray),
        PgTypeMapping.Value(LineSegmentCodec.Instance, PgTypeOid.LineSegment, PgTypeOid.LineSegmentArray),
        PgTypeMapping.Value(BoxCodec.Instance, PgTypeOid.Box, PgTypeOid.BoxArray),
        PgTypeMapping.Value(PathCodec.Instance, PgTypeOid.Path, PgTypeOid.PathArray),
        PgTypeMapping.Value(PolygonCodec.Instance, PgTypeOid.Polygon, PgTypeOid.PolygonArray),
        PgTypeMapping.Value(CircleCodec.Instance, PgTypeOid.Circle, PgTypeOid.CircleArray),
    ];
}
