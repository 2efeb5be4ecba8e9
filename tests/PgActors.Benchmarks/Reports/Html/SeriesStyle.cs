using PgActors.Benchmarks.Measuring;

namespace PgActors.Benchmarks.Reports.Html;

/// <summary>How a system looks in plots: a colour for its kind, and for the second of a kind a dash or a tint, so that colour is never all that
/// tells two apart.</summary>
/// <param name="Name">The system.</param>
/// <param name="Kind">Its kind, as a class of the style sheet.</param>
/// <param name="IsSecond">Whether it is not the first of its kind.</param>
internal sealed record SeriesStyle(string Name, string Kind, bool IsSecond)
{
    /// <summary>Classes of the style sheet.</summary>
    public string Classes => IsSecond ? $"{Kind} second" : Kind;

    /// <summary>The systems of a result in the order of their first appearance.</summary>
    public static IReadOnlyList<SeriesStyle> Of(CaseResult result)
    {
        var styles = new List<SeriesStyle>();
        foreach (var (name, kind) in result.Systems.Select(system => (system.System, ClassOf(system.Kind))).Distinct())
            styles.Add(new SeriesStyle(name, kind, styles.Exists(style => style.Kind == kind)));
        return styles;
    }

    public static string ClassOf(SystemKind kind) => kind switch
    {
        SystemKind.PgActors => "pgactors",
        SystemKind.Npgsql => "npgsql",
        SystemKind.Raw => "raw",
        SystemKind.Framework => "framework",
    };
}
