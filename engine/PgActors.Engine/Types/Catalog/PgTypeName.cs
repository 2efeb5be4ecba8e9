namespace PgActors.Types;

/// <summary>The name by which a type is found in a database.</summary>
public readonly record struct PgTypeName
{
    private PgTypeName(string? schema, string name, string? extension)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Schema = schema;
        Name = name;
        Extension = extension;
    }

    /// <summary>A type in a schema.</summary>
    /// <param name="schema">The schema, as it is stored.</param>
    /// <param name="name">The name, as it is stored: without quotes, and lower case unless it was created in quotes.</param>
    public PgTypeName(string schema, string name)
        : this(schema, name, null)
    {
    }

    /// <summary>The schema; <see langword="null"/> for whichever has it, first of all one on the search path.</summary>
    public string? Schema { get; }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The extension that must own the type; <see langword="null"/> for any type.</summary>
    public string? Extension { get; }

    /// <summary>A name alone, or behind its schema: <c>mood</c>, <c>shop.mood</c>.</summary>
    public static implicit operator PgTypeName(string name) => Parse(name);

    /// <summary>A name alone, or behind its schema: <c>mood</c>, <c>shop.mood</c>. A name that holds a dot itself is given in two parts to the
    /// constructor.</summary>
    public static PgTypeName Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? new PgTypeName(null, name, null) : new PgTypeName(name[..dot], name[(dot + 1)..], null);
    }

    /// <summary>A type that an extension owns, whichever schema it was installed into.</summary>
    public static PgTypeName OfExtension(string extension, string name) => new(null, name, extension);

    /// <summary>The name, behind its schema if one is given.</summary>
    public override string ToString() => Schema is null ? Name : $"{Schema}.{Name}";

    internal bool Matches(PgTypeDescription type)
        => type.Name == Name && (Schema is null || type.Schema == Schema) && (Extension is null || type.Extension == Extension);
}
