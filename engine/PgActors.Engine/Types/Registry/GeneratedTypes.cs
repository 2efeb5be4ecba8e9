using System.Runtime.CompilerServices;

namespace PgActors.Types;

/// <summary>Where generated code registers the mappings of types marked with <see cref="PgEnumAttribute"/> and
/// <see cref="PgCompositeAttribute"/>, before their assembly runs anything else. Every registry knows them. Safe for all threads.</summary>
public static class GeneratedTypes
{
    private static readonly Lock Gate = new();

    // Invariant: replaced as a whole, under the lock; readers take whichever array is there.
    private static volatile PgTypeMapping[] _layer = [];

    internal static PgTypeMapping[] Layer => _layer;

    /// <summary>Registers a mapping; one registered before for the same .NET type counts more.</summary>
    /// <param name="mapping">The mapping.</param>
    public static void Register(PgTypeMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        lock (Gate)
            _layer = [.. _layer, mapping];
    }

    /// <summary>Registers a mapping and the properties that are written.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="members">The properties; the array is kept and must not change.</param>
    /// <typeparam name="T">The .NET type.</typeparam>
    public static void Register<T>(PgTypeMapping mapping, CompositeMember<T>[] members)
    {
        Written<T>.Members = members;
        Register(mapping);
    }

    /// <summary>Makes sure that the assembly of a type has registered what it has: code of it need not have run yet.</summary>
    internal static void Complete(Type type) => RuntimeHelpers.RunModuleConstructor(type.Module.ModuleHandle);

    /// <summary>The properties that are written; <see langword="null"/> if none were generated.</summary>
    internal static CompositeMember<T>[]? MembersOf<T>() => Written<T>.Members;

    private static class Written<T>
    {
        internal static CompositeMember<T>[]? Members { get; set; }
    }
}
