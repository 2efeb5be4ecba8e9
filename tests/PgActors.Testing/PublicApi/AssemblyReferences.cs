using System.Reflection;

namespace PgActors.Testing;

/// <summary>What an assembly's code refers to: the compiler writes down only what is used.</summary>
public static class AssemblyReferences
{
    /// <summary>The simple names, sorted, of the referenced assemblies that are no part of the framework that runs this program.</summary>
    public static IReadOnlyList<string> OutsideFramework(Assembly assembly)
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return [.. All(assembly).Where(name => !File.Exists(Path.Combine(framework, name + ".dll")))];
    }

    /// <summary>The simple names of all referenced assemblies, sorted.</summary>
    public static IReadOnlyList<string> All(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return [.. assembly.GetReferencedAssemblies().Select(reference => reference.Name!).Order(StringComparer.Ordinal)];
    }
}
