namespace PgActors.Types;

/// <summary>The .NET collections that an array is read as and written from. Their codecs are made here, where the element's type is known at
/// compile time: none is made by reflection.</summary>
internal static class ArrayForms
{
    /// <summary>The codec of an array as a collection of <typeparamref name="T"/>; <see langword="null"/> if it is none of them.</summary>
    internal static PgCodec? Find<T>(Type type, PgCodec<T> element, ArrayElement described)
    {
        if (type == typeof(T[]))
            return new ArrayCodec<T>(element, described);
        if (type == typeof(List<T>))
            return new ListCodec<T>(element, described);
        if (type == typeof(PgArray<T>))
            return new PgArrayCodec<T>(element, described);
        if (type.IsArray)
            return FindMatrix(type, element, described);
        if (!type.IsInterface)
            return null;
        if (type == typeof(IEnumerable<T>))
            return new SequenceCodec<IEnumerable<T>, T>(element, described);
        if (type == typeof(IReadOnlyList<T>))
            return new SequenceCodec<IReadOnlyList<T>, T>(element, described);
        if (type == typeof(IReadOnlyCollection<T>))
            return new SequenceCodec<IReadOnlyCollection<T>, T>(element, described);
        if (type == typeof(IList<T>))
            return new SequenceCodec<IList<T>, T>(element, described);
        return type == typeof(ICollection<T>) ? new SequenceCodec<ICollection<T>, T>(element, described) : null;
    }

    private static PgCodec? FindMatrix<T>(Type type, PgCodec<T> element, ArrayElement described)
    {
        if (type == typeof(T[,]))
            return new MatrixCodec<T[,], T>(element, described, 2);
        if (type == typeof(T[,,]))
            return new MatrixCodec<T[,,], T>(element, described, 3);
        if (type == typeof(T[,,,]))
            return new MatrixCodec<T[,,,], T>(element, described, 4);
        if (type == typeof(T[,,,,]))
            return new MatrixCodec<T[,,,,], T>(element, described, 5);
        return type == typeof(T[,,,,,]) ? new MatrixCodec<T[,,,,,], T>(element, described, 6) : null;
    }
}
