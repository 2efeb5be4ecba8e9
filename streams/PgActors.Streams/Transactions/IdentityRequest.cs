using System.Buffers.Binary;
using PgActors.Rows;
using PgActors.Sessions;

namespace PgActors.Transactions;

/// <summary>Asks for the transaction's identity, so that its fate can be asked for should the answer to COMMIT be lost. Nobody waits for
/// it.</summary>
internal sealed class IdentityRequest : CompanionRequest
{
    // xid8 in binary: eight bytes (xid8send in xid.c).
    private static readonly SqlStatement Question = new("SELECT pg_catalog.pg_current_xact_id_if_assigned()");

    public IdentityRequest(TransactionRoute transaction)
        : base(transaction)
    {
        Statement = Question;
        KnowsColumns = true;
    }

    public override void OnRows(RowBatch batch, ISessionHost host)
    {
        var position = 0;
        if (batch.TryReadRow(ref position, out var row) && RowReader.TryOpen(row, 1, out var reader)
            && reader.TryReadNext(out var value, out var isNull) && !isNull && value.Length == sizeof(ulong))
        {
            Transaction.OnIdentified(BinaryPrimitives.ReadUInt64BigEndian(value));
        }

        batch.Release();
    }

    public override void OnEnded(in RequestEnd end) => Transaction.OnIdentityAsked(end);
}
