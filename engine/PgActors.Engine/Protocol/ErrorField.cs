namespace PgActors.Protocol;

/// <summary>The code in front of each field of ErrorResponse and NoticeResponse (PostgreSQL documentation, "Error and Notice Message
/// Fields").</summary>
public enum ErrorField : byte
{
    /// <summary><see cref="PgError.LocalizedSeverity"/>.</summary>
    LocalizedSeverity = (byte)'S',

    /// <summary><see cref="PgError.Severity"/>.</summary>
    Severity = (byte)'V',

    /// <summary><see cref="PgError.SqlState"/>.</summary>
    SqlState = (byte)'C',

    /// <summary><see cref="PgError.Message"/>.</summary>
    Message = (byte)'M',

    /// <summary><see cref="PgError.Detail"/>.</summary>
    Detail = (byte)'D',

    /// <summary><see cref="PgError.Hint"/>.</summary>
    Hint = (byte)'H',

    /// <summary><see cref="PgError.Position"/>.</summary>
    Position = (byte)'P',

    /// <summary><see cref="PgError.InternalPosition"/>.</summary>
    InternalPosition = (byte)'p',

    /// <summary><see cref="PgError.InternalQuery"/>.</summary>
    InternalQuery = (byte)'q',

    /// <summary><see cref="PgError.Where"/>.</summary>
    Where = (byte)'W',

    /// <summary><see cref="PgError.SchemaName"/>.</summary>
    SchemaName = (byte)'s',

    /// <summary><see cref="PgError.TableName"/>.</summary>
    TableName = (byte)'t',

    /// <summary><see cref="PgError.ColumnName"/>.</summary>
    ColumnName = (byte)'c',

    /// <summary><see cref="PgError.DataTypeName"/>.</summary>
    DataTypeName = (byte)'d',

    /// <summary><see cref="PgError.ConstraintName"/>.</summary>
    ConstraintName = (byte)'n',

    /// <summary><see cref="PgError.File"/>.</summary>
    File = (byte)'F',

    /// <summary><see cref="PgError.Line"/>.</summary>
    Line = (byte)'L',

    /// <summary><see cref="PgError.Routine"/>.</summary>
    Routine = (byte)'R',
}
