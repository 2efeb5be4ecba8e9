using PgActors.Types;

namespace PgActors.Statements;

/// <summary>The words of the errors about parameters, in one place.</summary>
internal static class ParameterErrors
{
    public static PgUsageException NoWriter(Type type, PgTypeRegistry types) => types.MissingFor(type) is { } name
        ? new($"Parameters of type {type} are written as the PostgreSQL type {name}, and the database has no such type. Create it (types of "
            + "extensions: CREATE EXTENSION), or correct the name it was mapped with. If looking types up is switched off, give the catalogue.")
        : new($"No PostgreSQL type is known for parameters of type {type}. Convert the value to a type that is, or register a codec for it.");

    public static PgUsageException NoWriter(Type type, uint oid, PgTypeRegistry types) => new(
        $"A parameter of type {type} cannot be written as {types.NameOf(oid)}. Convert the value, leave the type out and cast in SQL, or add a "
        + "mapping for this pair of types with PgTypeRegistry.With.");

    public static PgUsageException NoType(string name) => new(
        $"The database has no type named {name}. Names are given as they are stored, in lower case unless created in quotes, behind their "
        + "schema if several have the name: shop.mood, shop.mood[].");
}
