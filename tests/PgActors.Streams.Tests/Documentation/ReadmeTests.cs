using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace PgActors.Streams.Tests.Documentation;

public sealed partial class ReadmeTests
{
    [Fact]
    public void Readme_shows_only_code_that_compiles()
    {
        var folder = Path.GetDirectoryName(ThisFile())!;
        var compiled = Blocks(Snippet(), Path.Combine(folder, "ReadmeSnippets.cs"));

        var shown = Blocks(Block(), Path.Combine(folder, "../../../README.md"));

        Assert.NotEmpty(shown);
        Assert.All(shown, block => Assert.Contains(block, compiled));
        Assert.All(compiled, snippet => Assert.Contains(snippet, shown));
    }

    private static string[] Blocks(Regex block, string file) =>
        [.. block.Matches(File.ReadAllText(file)).Select(match => Plain(match.Groups[1].Value))];

    private static string ThisFile([CallerFilePath] string path = "") => path;

    // Without the indentation that the place in the class gives it.
    private static string Plain(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Trim('\n').Split('\n').Select(line => line.TrimEnd()).ToArray();
        var indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length == 0 ? line : line[indent..])).Trim();
    }

    [GeneratedRegex(@"// snippet: \w+\n(.*?)\n *// end", RegexOptions.Singleline)]
    private static partial Regex Snippet();

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
