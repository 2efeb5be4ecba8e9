namespace PgActors.Generators.Rows;

/// <summary>A constructor parameter or a property that a column can go to, as generated code says it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">Its type.</param>
/// <param name="AllowsNull">Whether it takes NULL.</param>
/// <param name="IsOptional">Whether a row may lack it.</param>
/// <param name="Column">The exact name of its column, if it was given.</param>
/// <param name="Default">What it is without a column: a C# expression.</param>
/// <param name="SetBy">The type whose init accessor sets it; <see langword="null"/> if plain assignment does.</param>
internal sealed record MemberModel(
    string Name, string TypeName, bool AllowsNull, bool IsOptional, string? Column, string Default, string? SetBy = null);
