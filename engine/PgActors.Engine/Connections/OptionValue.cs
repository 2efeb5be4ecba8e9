namespace PgActors.Connections;

/// <summary>One option as it was found, with the place it came from, so that a problem can point at it.</summary>
/// <param name="Keyword">The keyword, as written and decoded.</param>
/// <param name="Text">The value, with escapes resolved.</param>
internal sealed record OptionValue(string Keyword, string Text)
{
    /// <summary>Where the keyword starts in the text; for a URI's own parts, where the part starts.</summary>
    public int KeyStart { get; init; }

    /// <summary>Where the value starts in the text.</summary>
    public int Start { get; init; }

    /// <summary>Whether the value stands in the text as it is, so that an offset into it is an offset into the text.</summary>
    public bool IsVerbatim { get; init; }

    /// <summary>Where each item of a comma list starts, if the list was put together from several places (the hosts of a URI).</summary>
    public IReadOnlyList<int>? ItemStarts { get; init; }

    /// <summary>Where it came from if not from the text, such as "the environment variable PGPORT"; null for the text.</summary>
    public string? Origin { get; init; }

    /// <summary>Whether it stands in the text before a URI's query, where a password with unescaped signs may hide in any part.</summary>
    public bool IsAuthority { get; init; }

    /// <summary>The problem with this value, placed.</summary>
    public OptionProblem Blame(ValueProblem problem)
    {
        if (Origin is not null)
            return new OptionProblem($"{problem.Message} The value comes from {Origin}.", Keyword);

        return new OptionProblem(problem.Message, Keyword, PositionOf(problem.Offset));
    }

    private int PositionOf(int offset)
    {
        if (ItemStarts is { } starts)
        {
            var item = Text.AsSpan(0, Math.Min(offset, Text.Length)).Count(',');
            return item < starts.Count ? starts[item] : Start;
        }

        return IsVerbatim ? Start + offset : Start;
    }
}
