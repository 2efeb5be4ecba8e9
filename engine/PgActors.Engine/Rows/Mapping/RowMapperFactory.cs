using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using PgActors.Types;

namespace PgActors.Rows.Mapping;

/// <summary>
/// Makes <see cref="RowMapper{T}"/>s. A row becomes: the value of its only column, if <c>T</c> is a type that columns are read as; a tuple
/// of any length, by position; or a class, record or struct, by name through constructor parameters and settable properties, where case
/// and underscores do not count (<c>created_at</c> is <c>CreatedAt</c>) and <see cref="PgColumnAttribute"/> names the rest. Objects are made
/// by the code written at compile time for a type marked with <see cref="PgRowAttribute"/>; otherwise by code emitted at run time; where
/// neither is possible, by reflection.
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

    /// <summary>Makes a mapper. Costs reflection and emitted code, unless the type is marked with <see cref="PgRowAttribute"/>: keep
    /// what it returns.</summary>
    /// <inheritdoc cref="GetOrCreate{T}"/>
    public static RowMapper<T> Create<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(RowLayout layout, PgTypeRegistry registry)
        => Create<T>(layout, registry, RowMaking.Best);

    /// <summary>Makes a mapper in one way, whether or not another would be better.</summary>
    /// <exception cref="InvalidOperationException">Nothing was generated for the type.</exception>
    internal static RowMapper<T> Create<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(
        RowLayout layout, PgTypeRegistry registry, RowMaking making)
    {
        var type = typeof(T);
        var isGenerated = GeneratedRows.TryFind<T>(out var generated);
        if (registry.CanRead(type) && (!isGenerated || IsOneColumn(type, layout, registry)))
        {
            if (layout.Count != 1)
                throw MappingErrors.NotOneColumn(type, layout);
            return new SingleColumnMapper<T>(layout, registry, (ColumnReader<T>)Column(layout, 0, registry, type, null, AllowsNull(type)));
        }

        if (TuplePlanner.IsTuple(type))
            return Compile<T>(layout, registry, making, TuplePlanner.Plan(type), TupleColumns(type, layout, registry));
        if (making == RowMaking.Generated || (making == RowMaking.Best && isGenerated))
        {
            var shape = generated?.Shape ?? throw new InvalidOperationException($"Nothing was generated for {ClrTypeName.Of(type)}.");
            var plan = new ObjectPlanner(shape, layout);
            return generated.Create(new RowPlan(shape, plan, ObjectColumns(type, plan, layout, registry), layout, registry));
        }

        var reflected = new ReflectedShape(type);
        var planner = new ObjectPlanner(reflected.Shape, layout);
        return Compile<T>(layout, registry, making, reflected.Construct(planner), ObjectColumns(type, planner, layout, registry));
    }

    /// <summary>Whether the only column is one of the type, where the type is one of rows too.</summary>
    private static bool IsOneColumn(Type type, RowLayout layout, PgTypeRegistry registry)
        => layout.Count == 1 && registry.FindReader(type, layout[0].TypeOid, layout[0].Format) is not null;

    private static RowMapper<T> Compile<T>(
        RowLayout layout, PgTypeRegistry registry, RowMaking making, RowConstruction construction, ColumnReader[] columns)
    {
        if (making != RowMaking.Reflected && RuntimeFeature.IsDynamicCodeSupported)
            return new EmittedRowMapper<T>(layout, registry, construction, columns);
        return new ReflectedRowMapper<T>(layout, registry, construction, columns);
    }

    private static ColumnReader[] TupleColumns(Type type, RowLayout layout, PgTypeRegistry registry)
    {
        var items = TuplePlanner.ItemTypes(type);
        if (items.Count != layout.Count)
            throw MappingErrors.WrongArity(type, items.Count, layout);
        var columns = new ColumnReader[layout.Count];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = Column(layout, i, registry, items[i], $"item {i + 1} of {ClrTypeName.Of(type)}", AllowsNull(items[i]));
        return columns;
    }

    private static ColumnReader[] ObjectColumns(Type type, ObjectPlanner planner, RowLayout layout, PgTypeRegistry registry)
    {
        var columns = new ColumnReader[layout.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            var member = planner.PlaceOf(i);
            columns[i] = Column(layout, i, registry, member.Type, $"{type.Name}.{member.Name}", member.AllowsNull);
        }

        return columns;
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
