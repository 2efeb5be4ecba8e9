using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using PgActors.Types;

namespace PgActors.Rows.Mapping;

/// <summary>
/// Makes <see cref="RowMapper{T}"/>s. A row becomes: the value of its only column, if <c>T</c> is a type that columns are read as; a tuple
/// of any length, by position; or a class, record or struct, by name through constructor parameters and settable properties, where case
/// and underscores do not count (<c>created_at</c> is <c>CreatedAt</c>) and <see cref="PgColumnAttribute"/> names the rest.
/// </summary>
/// <remarks>Thread-safe. NULL goes into <c>T?</c>, and into a reference that is not declared as never null; tuples and single columns
/// carry no such declaration for references, so theirs take NULL.</remarks>
public static class RowMapperFactory
{
    /// <summary>The mapper for a layout: the one made last for it, or a new one that is kept there. Call it once per execution, not per
    /// row.</summary>
    /// <param name="layout">The columns.</param>
    /// <param name="registry">The types.</param>
    /// <typeparam name="T">What a row becomes.</typeparam>
    /// <exception cref="PgMappingException">The columns and <typeparamref name="T"/> do not match.</exception>
    public static RowMapper<T> GetOrCreate<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(RowLayout layout, PgTypeRegistry registry)
    {
        if (layout.ReaderCache is RowMapper<T> kept && kept.Registry == registry)
            return kept;
        var made = Create<T>(layout, registry);
        layout.ReaderCache = made;
        return made;
    }

    /// <summary>Makes a mapper. Costs reflection and, where that is possible, emits code: keep what it returns.</summary>
    /// <inheritdoc cref="GetOrCreate{T}"/>
    public static RowMapper<T> Create<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(RowLayout layout, PgTypeRegistry registry)
        => Create<T>(layout, registry, mayEmit: true);

    internal static RowMapper<T> Create<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(
        RowLayout layout, PgTypeRegistry registry, bool mayEmit)
    {
        var type = typeof(T);
        if (registry.CanRead(type))
        {
            if (layout.Count != 1)
                throw MappingErrors.NotOneColumn(type, layout);
            return new SingleColumnMapper<T>(layout, registry, (ColumnReader<T>)Column(layout, 0, registry, type, null, AllowsNull(type)));
        }

        RowConstruction construction;
        var columns = new ColumnReader[layout.Count];
        if (TuplePlanner.IsTuple(type))
        {
            var items = TuplePlanner.ItemTypes(type);
            if (items.Count != layout.Count)
                throw MappingErrors.WrongArity(type, items.Count, layout);
            construction = TuplePlanner.Plan(type);
            for (var i = 0; i < columns.Length; i++)
                columns[i] = Column(layout, i, registry, items[i], $"item {i + 1} of {ClrTypeName.Of(type)}", AllowsNull(items[i]));
        }
        else
        {
            var planner = new ObjectPlanner(type, layout);
            construction = planner.Plan();
            for (var i = 0; i < columns.Length; i++)
            {
                var place = planner.PlaceOf(i);
                columns[i] = Column(layout, i, registry, place.Type, place.Name, place.AllowsNull);
            }
        }

        if (mayEmit && RuntimeFeature.IsDynamicCodeSupported)
            return new EmittedRowMapper<T>(layout, registry, construction, columns);
        return new ReflectedRowMapper<T>(layout, registry, construction, columns);
    }

    private static bool AllowsNull(Type type) => !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;

    private static ColumnReader Column(RowLayout layout, int index, PgTypeRegistry registry, Type type, string? place, bool allowsNull)
    {
        ref readonly var column = ref layout[index];
        var target = new ColumnTarget(index, column.Name, column.TypeOid, registry, column.Format, type, place, allowsNull);
        var codec = registry.FindReader(type, column.TypeOid, column.Format) ?? throw MappingErrors.NoCodec(target);
        return codec.CreateColumnReader(target);
    }
}
