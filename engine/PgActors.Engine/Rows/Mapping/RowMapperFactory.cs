using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using PgActors.Types;

namespace PgActors.Rows.Mapping;

/// <summary>
/// Makes <see cref="RowMapper{T}"/>s. A row becomes: the value of its only column, if <c>T</c> is a type that columns are read as; a
/// tuple of any length, by position; or a class, record or struct, by name through constructor parameters and settable properties, where
/// case and underscores do not count (<c>created_at</c> is <c>CreatedAt</c>) and <see cref="PgColumnAttribute"/> names the rest. Objects
/// are made by the code written at compile time for a type marked with <see cref="PgRowAttribute"/>; otherwise by code emitted at run
/// time; where neither is possible, by reflection.
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
        registry = registry.In(layout.Style);
        if (layout.ReaderCache is RowMapper<T> kept && IsGood(kept.Registry, registry, layout))
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
        if (!IsOneColumn<T>(layout, registry))
            return CreateOfColumns<T>(layout, registry, null, making);
        if (layout.Count != 1)
            throw MappingErrors.NotOneColumn(typeof(T), layout);
        var column = Column(layout, 0, registry, typeof(T), null, AllowsNull(typeof(T)), null);
        return new SingleColumnMapper<T>(layout, registry, (ColumnReader<T>)column);
    }

    /// <summary>A mapper of several columns, of a row or of a composite.</summary>
    /// <param name="layout">The columns.</param>
    /// <param name="registry">The types.</param>
    /// <param name="owner">The composite's name, for error messages.</param>
    /// <param name="making">In which way.</param>
    internal static RowMapper<T> CreateOfColumns<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(
        RowLayout layout, PgTypeRegistry registry, string? owner, RowMaking making = RowMaking.Best)
    {
        var type = typeof(T);
        if (TuplePlanner.IsTuple(type))
            return CreateOfTuple<T>(layout, registry, owner, making);
        var isGenerated = GeneratedRows.TryFind<T>(out var generated);
        if (making == RowMaking.Generated || (making == RowMaking.Best && isGenerated))
        {
            var shape = generated?.Shape ?? throw new InvalidOperationException($"Nothing was generated for {ClrTypeName.Of(type)}.");
            var plan = new ObjectPlanner(shape, layout);
            return generated.Create(new RowPlan(shape, plan, ObjectColumns(type, plan, layout, registry, owner), layout, registry));
        }

        var reflected = new ReflectedShape(type);
        var planner = new ObjectPlanner(reflected.Shape, layout);
        return Make<T>(layout, registry, reflected.Construct(planner), ObjectColumns(type, planner, layout, registry, owner), making);
    }

    /// <summary>A mapper of several columns as a tuple.</summary>
    internal static RowMapper<T> CreateOfTuple<T>(
        RowLayout layout, PgTypeRegistry registry, string? owner, RowMaking making = RowMaking.Best)
    {
        var type = typeof(T);
        var columns = new ColumnReader[layout.Count];
        var items = TuplePlanner.ItemTypes(type);
        if (items.Count != layout.Count)
            throw MappingErrors.WrongArity(type, items.Count, layout, owner);
        for (var i = 0; i < columns.Length; i++)
            columns[i] = Column(layout, i, registry, items[i], $"item {i + 1} of {ClrTypeName.Of(type)}", AllowsNull(items[i]), owner);
        return Make<T>(layout, registry, TuplePlanner.Plan(type), columns, making);
    }

    private static ColumnReader[] ObjectColumns(Type type, ObjectPlanner planner, RowLayout layout, PgTypeRegistry registry, string? owner)
    {
        var columns = new ColumnReader[layout.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            var member = planner.PlaceOf(i);
            columns[i] = Column(layout, i, registry, member.Type, $"{type.Name}.{member.Name}", member.AllowsNull, owner);
        }

        return columns;
    }

    private static RowMapper<T> Make<T>(
        RowLayout layout, PgTypeRegistry registry, RowConstruction construction, ColumnReader[] columns, RowMaking making)
    {
        if (making != RowMaking.Reflected && RuntimeFeature.IsDynamicCodeSupported)
            return new EmittedRowMapper<T>(layout, registry, construction, columns);
        return new ReflectedRowMapper<T>(layout, registry, construction, columns);
    }

    // What is learned of other types leaves a mapper of built-in ones as good as it was.
    private static bool IsGood(PgTypeRegistry made, PgTypeRegistry asked, RowLayout layout)
        => made == asked || (!layout.DependsOnCatalog && made.SharesMappingsWith(asked));

    // A tuple, a class marked as a row, or one that stands for a composite, is made of the columns of the row unless the row has one column
    // that is one.
    private static bool IsOneColumn<T>(RowLayout layout, PgTypeRegistry registry)
    {
        var type = typeof(T);
        var isTuple = TuplePlanner.IsTuple(type);
        if (!isTuple && !registry.IsComposite(type) && !GeneratedRows.TryFind<T>(out _))
            return registry.CanRead(type);
        return layout.Count == 1 && registry.FindReader(type, layout[0].TypeOid, layout[0].Format) is not null
            && !(isTuple && TuplePlanner.ItemTypes(type).Count == 1);
    }

    private static bool AllowsNull(Type type) => !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;

    private static ColumnReader Column(RowLayout layout, int index, PgTypeRegistry registry, Type type, string? place, bool allowsNull,
        string? owner)
    {
        ref readonly var column = ref layout[index];
        var target = new ColumnTarget(index, column.Name, column.TypeOid, registry, column.Format, type, place, allowsNull, owner);
        var codec = registry.FindReader(type, column.TypeOid, column.Format) ?? throw MappingErrors.NoCodec(target);
        return codec.CreateColumnReader(target);
    }
}
