using PgActors.Types;

namespace PgActors.Rows.Mapping;

/// <summary>The words of every mapping error, in one place. They say which column, which types and what to do, and never a value.</summary>
internal static class MappingErrors
{
    internal static PgMappingException MalformedRow()
        => new(PgMappingErrorKind.Malformed, "The bytes of a row do not match the description of the result.");

    internal static PgMappingException Null(ColumnTarget target)
    {
        var clr = ClrTypeName.Of(target.ClrType);
        return new(PgMappingErrorKind.Null,
            $"{Column(target)} is NULL, and {target.Place ?? "the value"} is {clr}, which cannot be. Declare it as {clr}?, or use "
            + $"coalesce({SqlName(target.Name)}, …) in SQL.", target.Index, target.Name);
    }

    internal static PgMappingException Unreadable(ColumnTarget target, DecodeStatus status, PgCodec codec)
    {
        var clr = ClrTypeName.Of(target.ClrType);
        return status == DecodeStatus.OutOfRange
            ? new(PgMappingErrorKind.OutOfRange,
                $"{Column(target)} is {target.SqlType} and holds a value that cannot be read as {clr}{In(target)}. {codec.Limits}",
                target.Index, target.Name)
            : new(PgMappingErrorKind.Malformed,
                $"{Column(target)} is {target.SqlType}, and the bytes received are no such value in the {FormatName(target)} form.{OtherStyle(target)}",
                target.Index, target.Name);
    }

    internal static PgMappingException NoCodec(ColumnTarget target)
    {
        var registry = target.Registry;
        var clr = ClrTypeName.Of(target.ClrType);
        var remedies = new List<string>();
        if (registry.NaturalTypeOf(target.TypeOid) is { } natural)
        {
            var mark = natural.IsValueType && Nullable.GetUnderlyingType(target.ClrType) is not null ? "?" : "";
            remedies.Add($"use {ClrTypeName.Of(natural)}{mark}");
        }

        if (registry.CanRead(target.ClrType))
        {
            var cast = registry.NameOf(registry.NaturalOidOf(target.ClrType) ?? PgTypeOid.Text);
            remedies.Add($"cast it in SQL: {SqlName(target.Name)}::{cast}");
        }
        else
        {
            remedies.Add($"add a mapping for {clr} with PgTypeRegistry.With");
        }

        return new(PgMappingErrorKind.Shape,
            $"{Column(target)} is {target.SqlType}; it cannot be read as {clr}{In(target)}. {Sentence(remedies)}",
            target.Index, target.Name);
    }

    internal static PgMappingException NotOneColumn(Type type, RowLayout layout)
        => new(PgMappingErrorKind.Shape,
            $"{ClrTypeName.Of(type)} is read from a result of one column, and this one has {Count(layout)}. Select one column, or read the "
            + "rows as a tuple or a record.");

    internal static PgMappingException WrongArity(Type type, int arity, RowLayout layout, string? owner = null)
        => new(PgMappingErrorKind.Shape,
            $"{ClrTypeName.Of(type)} takes {arity} column{(arity == 1 ? "" : "s")}, and {owner ?? "the result"} has {Count(layout)}. Give the tuple as "
            + $"many items as {(owner is null ? "the result has" : "there are")} columns.");

    internal static PgMappingException NotARow(Type type)
        => new(PgMappingErrorKind.Shape,
            $"A row cannot be read as {ClrTypeName.Of(type)}. Use a type that a column is read as, a tuple, or a class, record or struct "
            + "with a public constructor; or add a mapping with PgTypeRegistry.With.");

    internal static PgMappingException NullableRow(Type type, Type underlying)
        => new(PgMappingErrorKind.Shape,
            $"A row is never NULL as a whole, so it cannot be read as {ClrTypeName.Of(type)}. Use {ClrTypeName.Of(underlying)}.");

    internal static PgMappingException MissingColumn(Type type, string member, Type memberType, string expected, RowLayout layout)
        => new(PgMappingErrorKind.Shape,
            $"{ClrTypeName.Of(type)} needs {member} ({ClrTypeName.Of(memberType)}), and no column is named {expected}. "
            + $"The result has {Count(layout)}. Select it, name a column so with AS, or say which one it is with [PgColumn(\"…\")].");

    internal static PgMappingException ExtraColumn(Type type, int index, string name)
        => new(PgMappingErrorKind.Shape,
            $"Column {index} \"{name}\" has no place in {ClrTypeName.Of(type)}: no constructor parameter or settable property is named so. "
            + "Leave it out of the SELECT list, add a property for it, or point [PgColumn] at it.", index, name);

    internal static PgMappingException DuplicateColumn(Type type, int first, int second, string name)
        => new(PgMappingErrorKind.Shape,
            $"Columns {first} and {second} are both named \"{name}\", so {ClrTypeName.Of(type)} cannot tell them apart. Give one of them "
            + "another name with AS.", second, name);

    internal static PgMappingException OutdatedComposite(PgTypeRegistry registry, uint oid, int known, int found)
        => new(PgMappingErrorKind.Shape,
            $"A value of {registry.NameOf(oid)} came with {Columns(found)}, and the type was known with {Columns(known)}, or others: it was "
            + "altered meanwhile. It will be looked up again; run the query again.")
        {
            OutdatedType = oid,
        };

    internal static PgMappingException UnknownPart(PgTypeRegistry registry, uint owner, uint part)
        => new(PgMappingErrorKind.Shape,
            $"A value of {registry.NameOf(owner)} holds {registry.NameOf(part)}, which is not known here. If looking types up is not "
            + "switched off, it will be looked up; run the query again.")
        {
            OutdatedType = part,
        };

    private static string Columns(int count) => count == 1 ? "one column" : $"{count} columns";

    private static string Column(ColumnTarget target) => target.Owner is null
        ? $"Column {target.Index} \"{target.Name}\""
        : $"Column {target.Index} \"{target.Name}\" of {target.Owner}";

    private static string In(ColumnTarget target) => target.Place is null ? "" : $" ({target.Place})";

    private static string FormatName(ColumnTarget target) => target.Format == Protocol.DataFormat.Binary ? "binary" : "text";

    // An abbreviation does not say which zone it is, and none is guessed at.
    private static string OtherStyle(ColumnTarget target) => target.Format == Protocol.DataFormat.Binary
        ? ""
        : " Points in time in text are read in DateStyle ISO, or where the zone is printed as a number or is UTC. If the server, the database or "
            + "the role has another, add options=-c%20DateStyle%3DISO to the connection, or cast the column in SQL to what is wanted.";

    private static string Count(RowLayout layout)
    {
        var names = new List<string>(layout.Count);
        foreach (ref readonly var column in layout.Columns)
            names.Add(column.Name);
        return layout.Count switch
        {
            0 => "no columns",
            1 => $"one column: {names[0]}",
            _ => $"{layout.Count} columns: {string.Join(", ", names)}",
        };
    }

    private static string Sentence(List<string> remedies)
    {
        var text = string.Join(", or ", remedies);
        return $"{char.ToUpperInvariant(text[0])}{text[1..]}.";
    }

    private static string SqlName(string name)
        => name.Length > 0 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_') && !char.IsAsciiDigit(name[0])
            ? name
            : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
