using System.Globalization;
using System.Reflection;

namespace PgActors.Testing;

/// <summary>
/// What an assembly shows to those who use it, in C#-like lines: each type with its kind, bases and constraints, and below it its members.
/// The order is that of the text, so that it says nothing about where something stands in the source.
/// </summary>
public static class PublicApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The lines: types at the margin, sorted by name; members indented by four blanks, sorted by name; an empty line between
    /// types.</summary>
    /// <remarks>What the compiler makes for a record (equality, printing, deconstruction) is not listed: the word "record" says it.
    /// </remarks>
    public static IReadOnlyList<string> Of(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        var lines = new List<string>();
        foreach (var type in assembly.GetTypes().Where(IsVisible).OrderBy(TypeName.Sortable, StringComparer.Ordinal))
        {
            if (lines.Count > 0)
                lines.Add("");
            lines.Add(TypeText.Of(type));
            lines.AddRange(Members(type).Select(member => "    " + member));
        }

        return lines;
    }

    private static bool IsVisible(Type type) =>
        type.IsPublic || ((type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!));

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsSubclassOf(typeof(Delegate)))
            return [];
        return type.IsEnum
            ? type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .OrderBy(value => Convert.ToDecimal(value.GetRawConstantValue(), CultureInfo.InvariantCulture))
                .ThenBy(value => value.Name, StringComparer.Ordinal)
                .Select(MemberText.OfEnumValue)
            : type.GetMembers(Declared)
                .Select(member => (member.Name, Text: MemberText.OfVisible(member)))
                .Where(member => member.Text is not null)
                .OrderBy(member => member.Name, StringComparer.Ordinal)
                .ThenBy(member => member.Text, StringComparer.Ordinal)
                .Select(member => member.Text!);
    }
}
