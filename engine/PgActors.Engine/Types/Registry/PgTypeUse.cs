namespace PgActors.Types;

/// <summary>What a <see cref="PgTypeMapping"/> is good for.</summary>
[Flags]
public enum PgTypeUse
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Columns of the PostgreSQL type are read as the .NET type.</summary>
    Read = 1,

    /// <summary>Values of the .NET type are written where the PostgreSQL type is asked for by its OID.</summary>
    Write = 2,

    /// <summary>Values of the .NET type are written as this PostgreSQL type if nothing else is asked for.</summary>
    Natural = 4,

    /// <summary>All of these.</summary>
    All = Read | Write | Natural,
}
