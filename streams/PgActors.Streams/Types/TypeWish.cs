namespace PgActors.Types;

/// <summary>A type that is to be looked up, by OID or by name.</summary>
/// <param name="Oid">The OID; 0 if by name.</param>
/// <param name="Name">The name: all types of that name are looked up, whatever their schema.</param>
internal readonly record struct TypeWish(uint Oid, PgTypeName? Name)
{
    public static TypeWish Of(PgTypeName name) => new(0, name);

    /// <summary>Those that are wished for by OID.</summary>
    public static uint[] OidsOf(IEnumerable<TypeWish> wishes) => [.. wishes.Where(wish => wish.Name is null).Select(wish => wish.Oid)];

    /// <summary>Those that are wished for by name.</summary>
    public static string[] NamesOf(IEnumerable<TypeWish> wishes) =>
        [.. wishes.Where(wish => wish.Name is not null).Select(wish => wish.Name!.Value.Name).Distinct()];

    /// <summary>Whether a catalogue has it.</summary>
    public bool IsIn(PgCatalog catalog) => (Name is { } name ? catalog.Find(name) : catalog.Find(Oid)) is not null;
}
