using System.Text;

namespace PgActors.Connections;

/// <summary>
/// A connection text fit to be shown: whatever is or may be a secret is three stars, and control characters are spaces. It must hold for
/// texts that cannot be parsed, so <see cref="SecretScan"/> finds the secrets on its own, and in doubt hides.
/// </summary>
internal sealed class MaskedText
{
    private const string Stars = "***";

    private readonly List<(int Start, int End)> _hidden;

    private MaskedText(string text, List<(int Start, int End)> hidden)
    {
        _hidden = hidden;
        var shown = new StringBuilder();
        var at = 0;
        foreach (var (start, end) in hidden)
        {
            AppendVisible(shown, text.AsSpan(at, start - at));
            shown.Append(Stars);
            at = end;
        }

        AppendVisible(shown, text.AsSpan(at));
        Text = shown.ToString();
    }

    /// <summary>What can be shown, in one line.</summary>
    public string Text { get; }

    /// <summary>Masks <paramref name="text"/>.</summary>
    public static MaskedText Of(string text) => new(text, SecretScan.Find(text));

    /// <summary>The place in <see cref="Text"/> for a place in the original; the first star for a place inside a secret.</summary>
    public int Map(int position)
    {
        var shift = 0;
        foreach (var (start, end) in _hidden)
        {
            if (position < start)
                break;
            if (position < end)
                return start + shift;
            shift += Stars.Length - (end - start);
        }

        return position + shift;
    }

    /// <summary>The place in the original, moved to the start of the secret where it lies inside one.</summary>
    public int Expose(int position)
    {
        foreach (var (start, end) in _hidden)
        {
            if (position >= start && position < end)
                return start;
        }

        return position;
    }

    /// <summary>Whether the character at <paramref name="position"/> is hidden.</summary>
    public bool Hides(int position) => _hidden.Exists(part => position >= part.Start && position < part.End);

    private static void AppendVisible(StringBuilder shown, ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            shown.Append(char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c);
    }
}
