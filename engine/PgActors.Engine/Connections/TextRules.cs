namespace PgActors.Connections;

/// <summary>What no text may hold that is sent to a server or given to the operating system.</summary>
internal static class TextRules
{
    /// <summary>Checks <paramref name="value"/>.</summary>
    /// <param name="subject">What it is, for the message.</param>
    /// <param name="value">The text; null is fine.</param>
    /// <returns>The problem, or null. The message never shows the text.</returns>
    public static ValueProblem? Check(string subject, string? value)
    {
        if (value is null)
            return null;

        if (value.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var nul)
        {
            return new ValueProblem(
                $"{subject} holds a NUL character. PostgreSQL's protocol ends a value there, so that what follows would be read as another "
                + "setting. Remove it.",
                nul);
        }

        return LoneSurrogate(value) is >= 0 and var surrogate
            ? new ValueProblem($"{subject} holds half of a surrogate pair, which has no UTF-8 form. Remove it.", surrogate)
            : null;
    }

    private static int LoneSurrogate(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i]))
                continue;
            if (i + 1 == value.Length || !char.IsSurrogatePair(value[i], value[i + 1]))
                return i;
            i++;
        }

        return -1;
    }
}
