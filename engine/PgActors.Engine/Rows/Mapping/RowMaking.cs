namespace PgActors.Rows.Mapping;

/// <summary>The ways to make an object of a row of several columns. All give the same rows and the same errors.</summary>
internal enum RowMaking
{
    /// <summary>The first of the others that is possible.</summary>
    Best,

    /// <summary>By the code that was written for the type at compile time.</summary>
    Generated,

    /// <summary>By code emitted now.</summary>
    Emitted,

    /// <summary>By reflection.</summary>
    Reflected,
}
