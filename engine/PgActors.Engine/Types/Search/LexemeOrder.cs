namespace PgActors.Types;

/// <summary>The order of UTF-8 bytes, which is that of code points, and not of UTF-16 where surrogates are.</summary>
internal sealed class LexemeOrder : IComparer<string>
{
    internal static LexemeOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var left = (x ?? "").EnumerateRunes();
        var right = (y ?? "").EnumerateRunes();
        while (true)
        {
            var hasLeft = left.MoveNext();
            var hasRight = right.MoveNext();
            if (!hasLeft || !hasRight)
                return hasLeft.CompareTo(hasRight);
            if (left.Current != right.Current)
                return left.Current.CompareTo(right.Current);
        }
    }
}
