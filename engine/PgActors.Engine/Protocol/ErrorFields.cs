using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace PgActors.Protocol;

/// <summary>Reads and writes the body of ErrorResponse and NoticeResponse: fields in any order, ended by a zero byte.</summary>
public static class ErrorFields
{
    /// <summary>
    /// Reads a body. Every field may be missing; a code that is not known is passed over, since later servers may add some; of a code that
    /// is repeated the first counts; a position that is no positive number is left out. Bytes that are not UTF-8 become U+FFFD, since an
    /// error may come before the session's encoding is settled.
    /// </summary>
    /// <returns><see langword="false"/> if a field or the list is not terminated, or bytes follow the end.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out PgError? error)
    {
        error = null;
        var reader = new WireReader(body);
        var texts = default(FieldTexts);
        while (true)
        {
            if (!reader.TryReadByte(out var code))
                return false;
            if (code == 0)
                break;
            if (!reader.TryReadCString(out ReadOnlySpan<byte> value))
                return false;
            if (Enum.IsDefined((ErrorField)code))
                texts[code - FieldTexts.First] ??= Encoding.UTF8.GetString(value);
        }

        if (!reader.AtEnd)
            return false;
        error = texts.ToError();
        return true;
    }

    /// <summary>Writes the fields that <paramref name="error"/> has, in the order in which PostgreSQL sends them, and the end of the list.
    /// What a server of one's own sends, and what tests feed.</summary>
    /// <exception cref="ArgumentException">A text holds the character U+0000 or a lone surrogate.</exception>
    public static void Write(WireWriter writer, PgError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        WriteField(writer, ErrorField.LocalizedSeverity, error.LocalizedSeverity);
        WriteField(writer, ErrorField.Severity, error.Severity);
        WriteField(writer, ErrorField.SqlState, error.SqlState);
        WriteField(writer, ErrorField.Message, error.Message);
        WriteField(writer, ErrorField.Detail, error.Detail);
        WriteField(writer, ErrorField.Hint, error.Hint);
        WriteField(writer, ErrorField.Where, error.Where);
        WriteField(writer, ErrorField.SchemaName, error.SchemaName);
        WriteField(writer, ErrorField.TableName, error.TableName);
        WriteField(writer, ErrorField.ColumnName, error.ColumnName);
        WriteField(writer, ErrorField.DataTypeName, error.DataTypeName);
        WriteField(writer, ErrorField.ConstraintName, error.ConstraintName);
        WriteField(writer, ErrorField.Position, error.Position?.ToString(CultureInfo.InvariantCulture));
        WriteField(writer, ErrorField.InternalPosition, error.InternalPosition?.ToString(CultureInfo.InvariantCulture));
        WriteField(writer, ErrorField.InternalQuery, error.InternalQuery);
        WriteField(writer, ErrorField.File, error.File);
        WriteField(writer, ErrorField.Line, error.Line);
        WriteField(writer, ErrorField.Routine, error.Routine);
        writer.WriteByte(0);
    }

    /// <summary>Writes one field, unless <paramref name="value"/> is <see langword="null"/>.</summary>
    /// <exception cref="ArgumentException">The text holds the character U+0000 or a lone surrogate.</exception>
    public static void WriteField(WireWriter writer, ErrorField field, string? value)
    {
        if (value is null)
            return;
        writer.WriteByte((byte)field);
        writer.WriteCString(value);
    }
}
