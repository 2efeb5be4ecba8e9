namespace PgActors.Rows.Mapping;

/// <summary>A constructor parameter or a settable property: a place that a column can go to.</summary>
/// <param name="Name">Its name, which a column matches if they differ by case and underscores only.</param>
/// <param name="Type">Its type.</param>
/// <param name="AllowsNull">Whether it takes NULL.</param>
/// <param name="IsOptional">Whether a row may lack it: a parameter with a default, or a property that is not required.</param>
/// <param name="Column">The exact name of its column, where <see cref="PgColumnAttribute"/> says so.</param>
public sealed record RowMember(string Name, Type Type, bool AllowsNull, bool IsOptional = false, string? Column = null);
