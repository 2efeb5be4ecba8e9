using System.Runtime.CompilerServices;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>How many dimensions an array has, how long each is, and the index of the first element of each.</summary>
internal struct ArrayShape
{
    /// <summary>PostgreSQL's MAXDIM.</summary>
    internal const int MaxDimensions = 6;

    private Numbers _lengths;
    private Numbers _lowerBounds;

    /// <summary>Number of dimensions; 0 for an empty array.</summary>
    internal int Rank { get; private set; }

    /// <summary>Number of elements.</summary>
    internal int Count { get; private set; }

    internal static ArrayShape OfList(int count)
    {
        var shape = default(ArrayShape);
        if (count > 0)
            shape.TryAdd(count, 1);
        return shape;
    }

    internal readonly int Length(int dimension) => _lengths[dimension];

    internal readonly int LowerBound(int dimension) => _lowerBounds[dimension];

    /// <summary>Adds a dimension behind the others.</summary>
    /// <returns><see langword="false"/> if there are too many dimensions or elements, or an index would leave the range of int
    /// (PostgreSQL source, ArrayCheckBounds).</returns>
    internal bool TryAdd(int length, int lowerBound)
    {
        var count = (Rank == 0 ? 1L : Count) * length;
        if (Rank == MaxDimensions || length < 0 || count > int.MaxValue || (long)lowerBound + length > int.MaxValue)
            return false;
        _lengths[Rank] = length;
        _lowerBounds[Rank] = lowerBound;
        Rank++;
        Count = (int)count;
        return true;
    }

    /// <summary>Reads what stands in front of the elements in the binary form, the flag and the element type included.</summary>
    internal static bool TryRead(scoped ref WireReader reader, uint elementOid, out ArrayShape shape)
    {
        shape = default;
        if (!reader.TryReadInt32(out var rank) || !reader.TryReadInt32(out var flags) || !reader.TryReadUInt32(out var oid)
            || rank is < 0 or > MaxDimensions || flags is not (0 or 1) || oid != elementOid)
            return false;
        for (var i = 0; i < rank; i++)
        {
            if (!reader.TryReadInt32(out var length) || !reader.TryReadInt32(out var lowerBound) || !shape.TryAdd(length, lowerBound))
                return false;
        }

        // An element is a length word at least, so no header makes us take memory for what is not there.
        return shape.Count <= reader.Remaining / sizeof(int);
    }

    /// <summary>Writes what stands in front of the elements.</summary>
    /// <returns>Where the flag stands that says whether there are NULLs.</returns>
    internal readonly int Write(WireWriter writer, uint elementOid)
    {
        var rank = Count == 0 ? 0 : Rank;
        writer.WriteInt32(rank);
        var flags = writer.Length;
        writer.WriteInt32(0);
        writer.WriteUInt32(elementOid);
        for (var i = 0; i < rank; i++)
        {
            writer.WriteInt32(_lengths[i]);
            writer.WriteInt32(_lowerBounds[i]);
        }

        return flags;
    }

    [InlineArray(MaxDimensions)]
    private struct Numbers
    {
        private int _first;
    }
}
