namespace PgActors.Types;

/// <summary>text, what is like it, and "char".</summary>
internal static class StringTypes
{
    private const PgTypeUse ReadAndWrite = PgTypeUse.Read | PgTypeUse.Write;

    internal static PgTypeMapping[] All =>
    [
        PgTypeMapping.Reference(TextCodec.Instance, PgTypeOid.Text, PgTypeOid.TextArray),
        PgTypeMapping.Reference(TextCodec.Instance, PgTypeOid.VarChar, PgTypeOid.VarCharArray, ReadAndWrite),
        PgTypeMapping.Reference(TextCodec.Instance, PgTypeOid.BpChar, PgTypeOid.BpCharArray, ReadAndWrite),
        PgTypeMapping.Reference(TextCodec.Instance, PgTypeOid.Name, PgTypeOid.NameArray, ReadAndWrite),
        PgTypeMapping.Reference(TextCodec.Instance, PgTypeOid.Xml, PgTypeOid.XmlArray, ReadAndWrite),
        PgTypeMapping.Reference(TextCodec.Instance, PgTypeOid.RefCursor, PgTypeOid.RefCursorArray, ReadAndWrite),
        PgTypeMapping.Reference(TextCodec.Instance, PgTypeOid.CString, PgTypeOid.CStringArray, ReadAndWrite),
        PgTypeMapping.Reference(TextCodec.Instance, PgTypeOid.Unknown, use: ReadAndWrite),
        PgTypeMapping.Reference(TextCodec.Instance, PgTypeOid.Void, use: PgTypeUse.Read),
        PgTypeMapping.Reference(TextCodec.Instance, PgTypeOid.PgNodeTree, use: PgTypeUse.Read),
        PgTypeMapping.Reference(InternalCharCodec.Instance, PgTypeOid.InternalChar, PgTypeOid.InternalCharArray, ReadAndWrite),
    ];
}
