using System.Globalization;
using System.Runtime.CompilerServices;

namespace PgActors.Protocol;

/// <summary>A place for the text of every field code between <c>C</c> and <c>t</c>, on the stack.</summary>
[InlineArray(Count)]
internal struct FieldTexts
{
    /// <summary>The lowest field code; its text is the first.</summary>
    public const int First = (int)ErrorField.SqlState;

    private const int Last = (int)ErrorField.TableName;
    private const int Count = Last - First + 1;

    private string? _element;

    /// <summary>The error that the texts describe.</summary>
    public readonly PgError ToError() => new()
    {
        LocalizedSeverity = Text(ErrorField.LocalizedSeverity),
        Severity = Text(ErrorField.Severity),
        SqlState = Text(ErrorField.SqlState),
        Message = Text(ErrorField.Message),
        Detail = Text(ErrorField.Detail),
        Hint = Text(ErrorField.Hint),
        Position = Number(ErrorField.Position),
        InternalPosition = Number(ErrorField.InternalPosition),
        InternalQuery = Text(ErrorField.InternalQuery),
        Where = Text(ErrorField.Where),
        SchemaName = Text(ErrorField.SchemaName),
        TableName = Text(ErrorField.TableName),
        ColumnName = Text(ErrorField.ColumnName),
        DataTypeName = Text(ErrorField.DataTypeName),
        ConstraintName = Text(ErrorField.ConstraintName),
        File = Text(ErrorField.File),
        Line = Text(ErrorField.Line),
        Routine = Text(ErrorField.Routine),
    };

    private readonly string? Text(ErrorField field) => this[(int)field - First];

    private readonly int? Number(ErrorField field)
        => int.TryParse(Text(field), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
