using System.Buffers.Text;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>pg_snapshot and the older txid_snapshot: how many transactions were in progress in 4 bytes, the oldest of them, the next to
/// come, and each, in 8 bytes (PostgreSQL source, pg_snapshot_send); <c>xmin:xmax:xip,xip</c>.</summary>
internal sealed class SnapshotCodec : PgCodec<PgSnapshot>
{
    internal static SnapshotCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out PgSnapshot value)
    {
        value = default;
        var reader = new WireReader(source);
        if (!reader.TryReadInt32(out var count) || !reader.TryReadUInt64(out var oldest) || !reader.TryReadUInt64(out var next)
            || count < 0 || reader.Remaining != (long)count * sizeof(ulong))
            return DecodeStatus.Malformed;
        var inProgress = new ulong[count];
        foreach (ref var transaction in inProgress.AsSpan())
            reader.TryReadUInt64(out transaction);
        return Check(new PgSnapshot(oldest, next, ImmutableCollectionsMarshal.AsImmutableArray(inProgress)), out value);
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out PgSnapshot value)
    {
        value = default;
        if (!TryTakeNumber(ref source, out var oldest) || !TryTake(ref source, (byte)':') || !TryTakeNumber(ref source, out var next)
            || !TryTake(ref source, (byte)':'))
            return DecodeStatus.Malformed;
        var inProgress = ImmutableArray.CreateBuilder<ulong>();
        while (!source.IsEmpty)
        {
            if ((inProgress.Count > 0 && !TryTake(ref source, (byte)',')) || !TryTakeNumber(ref source, out var transaction))
                return DecodeStatus.Malformed;
            inProgress.Add(transaction);
        }

        return Check(new PgSnapshot(oldest, next, inProgress.DrainToImmutable()), out value);
    }

    public override void WriteBinary(WireWriter writer, PgSnapshot value)
    {
        writer.WriteInt32(value.InProgress.Length);
        writer.WriteUInt64(value.OldestActive);
        writer.WriteUInt64(value.Next);
        foreach (var transaction in value.InProgress)
            writer.WriteUInt64(transaction);
    }

    public override void WriteText(WireWriter writer, PgSnapshot value)
    {
        UInt64Codec.Instance.WriteText(writer, value.OldestActive);
        writer.WriteByte((byte)':');
        UInt64Codec.Instance.WriteText(writer, value.Next);
        writer.WriteByte((byte)':');
        for (var i = 0; i < value.InProgress.Length; i++)
        {
            if (i > 0)
                writer.WriteByte((byte)',');
            UInt64Codec.Instance.WriteText(writer, value.InProgress[i]);
        }
    }

    /// <summary>What the server checks too (PostgreSQL source, pg_snapshot_recv); the search among them relies on it.</summary>
    private static DecodeStatus Check(PgSnapshot snapshot, out PgSnapshot value)
    {
        value = snapshot;
        var isProper = snapshot.OldestActive <= snapshot.Next;
        var last = 0UL;
        foreach (var transaction in snapshot.InProgress)
        {
            isProper &= transaction >= snapshot.OldestActive && transaction < snapshot.Next && transaction > last;
            last = transaction;
        }

        return isProper ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> source, byte expected)
    {
        if (source.IsEmpty || source[0] != expected)
            return false;
        source = source[1..];
        return true;
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<byte> source, out ulong value)
    {
        if (!Utf8Parser.TryParse(source, out value, out var used))
            return false;
        source = source[used..];
        return true;
    }
}
