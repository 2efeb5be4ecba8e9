using PgActors;

namespace EveryType.Families;

/// <summary>The types of the system's own catalogues and logs.</summary>
[PgRow]
internal sealed record Inner(ulong Transaction, PgTid Row, PgLsn Position, PgSnapshot Snapshot, uint Table)
{
    // The OID of pg_class itself is the same everywhere (PostgreSQL source, pg_class.h).
    private const uint PgClass = 1259;

    public static async Task CheckAsync(PgDatabase db, Report report)
    {
        var sent = new Inner(7, new PgTid(1, 2), PgLsn.Parse("16/B374D848"), PgSnapshot.Parse("10:20:10,14"), PgClass);
        report.Compare(
            sent,
            await db.QuerySingleAsync<Inner>($"""
                select {sent.Transaction} as transaction, {sent.Row} as row, {sent.Position} as position, {sent.Snapshot} as snapshot,
                    'pg_class'::regclass::oid as table
                """),
            "xid8, tid, pg_lsn, pg_snapshot, oid");
    }
}
