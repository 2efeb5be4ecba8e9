using System.Diagnostics.CodeAnalysis;
using PgActors.Types;

namespace PgActors.Rows.Mapping;

/// <summary>Where generated code registers what it read of types marked with <see cref="PgRowAttribute"/>, before their assembly runs
/// anything else. Safe for all threads.</summary>
public static class GeneratedRows
{
    /// <summary>Registers a type; doing so again replaces what was there.</summary>
    /// <param name="shape">What the type takes columns with.</param>
    /// <param name="create">Makes the mapper for a plan.</param>
    /// <typeparam name="T">The type.</typeparam>
    public static void Register<T>(RowShape shape, Func<RowPlan, RowMapper<T>> create) => Entry<T>.Value = new Entry<T>(shape, create);

    internal static bool TryFind<T>([NotNullWhen(true)] out Entry<T>? entry)
    {
        // Code of the type's assembly need not have run yet.
        if (Entry<T>.Value is null)
            GeneratedTypes.Complete(typeof(T));
        return (entry = Entry<T>.Value) is not null;
    }

    /// <summary>A static field for each type: found without a lookup, and gone when its type is trimmed away. Invariant: one immutable
    /// object, set by a module initializer, which the runtime completes before anything of that module can ask for it.</summary>
    internal sealed class Entry<T>(RowShape shape, Func<RowPlan, RowMapper<T>> create)
    {
        internal static Entry<T>? Value { get; set; }

        internal RowShape Shape => shape;

        internal Func<RowPlan, RowMapper<T>> Create => create;
    }
}
