using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace PgActors.Benchmarks.Reports.Html;

/// <summary>
/// HTML and SVG as it grows. What is interpolated is a value and is written as text: names of contenders cannot become elements, and
/// coordinates are written alike in every culture. What stands around it is markup.
/// </summary>
internal sealed class Markup
{
    private readonly StringBuilder _text = new();

    /// <summary>Appends markup as it is.</summary>
    public void Raw(string markup) => _text.Append(markup);

    /// <summary>Appends a line of markup around values.</summary>
    public void Line([InterpolatedStringHandlerArgument("")] ref Handler markup) => _text.Append('\n');

    public override string ToString() => _text.ToString();

    /// <summary>Writes an interpolated string, its values as text.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Handler
    {
        private readonly StringBuilder _text;

        public Handler(int literalLength, int formattedCount, Markup markup) => _text = markup._text;

        public void AppendLiteral(string markup) => _text.Append(markup);

        public void AppendFormatted(string? value) => _text.Append(WebUtility.HtmlEncode(value));

        /// <summary>A coordinate: a tenth of a pixel is finer than anybody sees.</summary>
        public void AppendFormatted(double value) => _text.Append(Math.Round(value, 1).ToString(CultureInfo.InvariantCulture));
    }
}
