using System.Globalization;
using Spectre.Console;

namespace Quickstart;

/// <summary>Where the tour writes: to a terminal with colours and moving parts, to a file or pipe in plain lines.</summary>
internal sealed class Screen
{
    // A plain progress report is a line each tenth: few enough for a log, and a sign of life.
    private const int PlainSteps = 10;

    // The longest name of a supervisor's decision; negative: the name stands at the left.
    private const int NameWidth = -16;

    private readonly IAnsiConsole _console;
    private readonly bool _isPlain;

    private Screen(IAnsiConsole console, bool isPlain)
    {
        _console = console;
        _isPlain = isPlain;
    }

    private bool IsLive => !_isPlain && _console.Profile.Capabilities is { Ansi: true, Interactive: true };

    public static Screen Open() => new(AnsiConsole.Console, Console.IsOutputRedirected);

    public static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public void Title(string title)
    {
        if (_isPlain)
        {
            Console.WriteLine($"\n== {title}");
            return;
        }

        _console.WriteLine();
        _console.Write(new Rule(Markup.Escape(title)) { Justification = Justify.Left, Style = Style.Parse("teal") });
    }

    public void Say(string text) => Write(text, Style.Plain);

    /// <summary>A statement or command.</summary>
    public void Code(string text) => Write(text, Style.Parse("grey"));

    /// <summary>A line of something that happens, with its name in front.</summary>
    public void Report(string name, string text)
    {
        if (_isPlain)
        {
            Console.WriteLine($"{name,NameWidth}  {text}");
            return;
        }

        var line = new Grid().AddColumn(new GridColumn().NoWrap().Width(-NameWidth).PadLeft(0).PadRight(2)).AddColumn();
        _console.Write(line.AddRow(new Text(name, Style.Parse("teal")), new Text(text)));
    }

    /// <summary>Shows that something is going on.</summary>
    public async Task<T> WaitAsync<T>(string what, Func<Task<T>> work)
    {
        if (IsLive)
            return await _console.Status().StartAsync(Markup.Escape(what), _ => work());
        Say(what);
        return await work();
    }

    /// <summary>Shows how far something is.</summary>
    /// <param name="what">What is being done, in a word or two.</param>
    /// <param name="total">How much there is.</param>
    /// <param name="work">Does it, and says from time to time how much is done and how fast.</param>
    public async Task ProgressAsync(string what, long total, Func<Action<long, string>, Task> work)
    {
        if (!IsLive)
        {
            var step = 0L;
            await work((done, rate) =>
            {
                if (done * PlainSteps / total <= step)
                    return;
                step = done * PlainSteps / total;
                Say(string.Create(CultureInfo.InvariantCulture, $"{step * 100 / PlainSteps,4} %  {what}  {rate}"));
            });
            return;
        }

        var progress = _console.Progress().Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn());
        await progress.StartAsync(async context =>
        {
            var task = context.AddTask(Markup.Escape(what), maxValue: total);
            await work((done, rate) =>
            {
                task.Value = done;
                task.Description = Markup.Escape(rate);
            });
            task.Value = total;
        });
    }

    // Not wrapped when it goes to a file: whoever reads it has a width of their own.
    private void Write(string text, Style style)
    {
        if (_isPlain)
            Console.WriteLine(text);
        else
            _console.Write(new Text(text + "\n", style));
    }
}
