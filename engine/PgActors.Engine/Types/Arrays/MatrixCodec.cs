using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PgActors.Types;

/// <summary>A PostgreSQL array as a .NET array of two to six dimensions. Lower bounds are not kept.</summary>
internal sealed class MatrixCodec<TMatrix, TItem>(PgCodec<TItem> element, ArrayElement type, int rank)
    : AnyArrayCodec<TMatrix, TItem>(element, type)
    where TMatrix : class
{
    private protected override string ShapeLimits => $"It does not have {rank} dimensions (PgArray<T> holds every array)";

    private protected override bool TryCreate(in ArrayShape shape, [NotNullWhen(true)] out TMatrix? collection)
    {
        collection = null;
        if (shape.Count > 0 && shape.Rank != rank)
            return false;
        var lengths = new int[rank];
        for (var i = 0; i < rank && shape.Count > 0; i++)
            lengths[i] = shape.Length(i);
        collection = (TMatrix)(object)Array.CreateInstanceFromArrayType(typeof(TMatrix), lengths);
        return true;
    }

    private protected override Span<TItem> Items(TMatrix collection)
    {
        var array = (Array)(object)collection;
        return array.Length == 0
            ? default
            : MemoryMarshal.CreateSpan(ref Unsafe.As<byte, TItem>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);
    }

    private protected override ArrayShape ShapeOf(TMatrix collection, int count)
    {
        var array = (Array)(object)collection;
        var shape = default(ArrayShape);
        for (var i = 0; i < rank && count > 0; i++)
            shape.TryAdd(array.GetLength(i), 1);
        return shape;
    }
}
