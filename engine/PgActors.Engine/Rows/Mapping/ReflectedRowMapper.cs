using System.Reflection;
using PgActors.Types;

namespace PgActors.Rows.Mapping;

/// <summary>A row of several columns where no code can be emitted, as in ahead-of-time compiled programs. Boxes every column.</summary>
internal sealed class ReflectedRowMapper<T>(RowLayout layout, PgTypeRegistry registry, RowConstruction construction, ColumnReader[] columns)
    : RowMapper<T>(layout, registry)
{
    protected override T ReadColumns(ref RowReader reader)
    {
        var values = new object?[columns.Length];
        for (var i = 0; i < columns.Length; i++)
            values[i] = columns[i].ReadBoxed(ref reader);
        return (T)Make(construction, values);
    }

    private static object Make(RowConstruction construction, object?[] values)
    {
        var arguments = new object?[construction.Arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            var argument = construction.Arguments[i];
            if (argument.Nested is { } nested)
                arguments[i] = Make(nested, values);
            else
                arguments[i] = argument.Column >= 0 ? values[argument.Column] : argument.Default;
        }

        // Only a struct has no constructor, and T is then that struct: nested constructions are tuples, which have one.
        var made = construction.Constructor?.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null) ?? default(T)!;
        foreach (var (property, column) in construction.Properties)
            property.SetMethod!.Invoke(made, BindingFlags.DoNotWrapExceptions, null, [values[column]], null);
        return made;
    }
}
