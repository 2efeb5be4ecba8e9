namespace PgActors.Types;

/// <summary>What the catalogs and the transactions are made of: oid's kin, transaction ids, tid, pg_lsn, snapshots, vectors.</summary>
internal static class SystemTypes
{
    private const PgTypeUse ReadAndWrite = PgTypeUse.Read | PgTypeUse.Write;

    internal static PgTypeMapping[] All =>
    [
        PgTypeMapping.Value(OidCodec.Instance, PgTypeOid.Xid, PgTypeOid.XidArray, ReadAndWrite),
        PgTypeMapping.Value(OidCodec.Instance, PgTypeOid.Cid, PgTypeOid.CidArray, ReadAndWrite),
        PgTypeMapping.Value(UInt64Codec.Instance, PgTypeOid.Xid8, PgTypeOid.Xid8Array),
        PgTypeMapping.Value(UInt64Codec.Instance, PgTypeOid.Oid8, PgTypeOid.Oid8Array, ReadAndWrite),
        PgTypeMapping.Value(TidCodec.Instance, PgTypeOid.Tid, PgTypeOid.TidArray),
        PgTypeMapping.Value(LsnCodec.Instance, PgTypeOid.PgLsn, PgTypeOid.PgLsnArray),
        PgTypeMapping.Value(SnapshotCodec.Instance, PgTypeOid.PgSnapshot, PgTypeOid.PgSnapshotArray),
        PgTypeMapping.Value(SnapshotCodec.Instance, PgTypeOid.TxidSnapshot, PgTypeOid.TxidSnapshotArray, ReadAndWrite),
        PgTypeMapping.Reference(
            new VectorCodec<short>(Int2Codec.Instance, PgTypeOid.Int2), PgTypeOid.Int2Vector, PgTypeOid.Int2VectorArray, ReadAndWrite),
        PgTypeMapping.Reference(
            new VectorCodec<uint>(OidCodec.Instance, PgTypeOid.Oid), PgTypeOid.OidVector, PgTypeOid.OidVectorArray, ReadAndWrite),

        Registered(PgTypeOid.Regclass, PgTypeOid.RegclassArray),
        Registered(PgTypeOid.Regtype, PgTypeOid.RegtypeArray),
        Registered(PgTypeOid.Regproc, PgTypeOid.RegprocArray),
        Registered(PgTypeOid.Regprocedure, PgTypeOid.RegprocedureArray),
        Registered(PgTypeOid.Regoper, PgTypeOid.RegoperArray),
        Registered(PgTypeOid.Regoperator, PgTypeOid.RegoperatorArray),
        Registered(PgTypeOid.Regnamespace, PgTypeOid.RegnamespaceArray),
        Registered(PgTypeOid.Regrole, PgTypeOid.RegroleArray),
        Registered(PgTypeOid.Regcollation, PgTypeOid.RegcollationArray),
        Registered(PgTypeOid.Regconfig, PgTypeOid.RegconfigArray),
        Registered(PgTypeOid.Regdictionary, PgTypeOid.RegdictionaryArray),
        Registered(PgTypeOid.Regdatabase, PgTypeOid.RegdatabaseArray),
    ];

    private static PgTypeMapping Registered(uint typeOid, uint arrayOid)
        => PgTypeMapping.Value(RegisteredOidCodec.Instance, typeOid, arrayOid, ReadAndWrite);
}
