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

    public static PgUsageException NoLength(int number) => new(
        $"The length of parameter ${number}, a stream, is not known, and PostgreSQL wants it before the first byte. Give it with "
        + "PgParam.Stream, or copy the content to a file or to memory first.");

    public static PgUsageException TooLong(int number, long length) => new(
        $"Parameter ${number}, a stream, has {length:N0} bytes, which is over the {Protocol.WireWriter.MaxMessageLength:N0} that "
        + "PostgreSQL accepts in one message. Store it in parts, or as a large object.");

    public static PgUsageException PipeWithoutLength() => new(
        "A PipeReader does not know its length, and PostgreSQL wants it before the first byte. Give it with PgParam.Stream(reader, length).");

    public static PgUsageException StreamInBulk() => new(
        "A stream cannot be a parameter in a bulk, whose commands are complete before any is sent. Run its command by itself with ExecuteAsync, or "
        + "in a batch.");

    public static PgUsageException StreamWasRead() => new(
        "The query has a stream among its parameters that was read when it ran before, and cannot go back to its beginning. Make a new query, or "
        + "give a stream that can seek.");

    public static PgUsageException StreamInUse() => new(
        "The query has a stream among its parameters that another run of it is using. Let that one end before, or make a query for each.");
}
