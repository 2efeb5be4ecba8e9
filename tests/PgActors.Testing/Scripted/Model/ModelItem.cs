namespace PgActors.Testing;

/// <summary>One item of a <c>select</c>.</summary>
/// <param name="Parameter">The parameter's number, from 1; 0 for a literal.</param>
/// <param name="Literal">The literal in text form; <see langword="null"/> for NULL.</param>
/// <param name="LiteralType">The literal's type.</param>
/// <param name="Name">The column's name.</param>
internal readonly record struct ModelItem(int Parameter, string? Literal, uint LiteralType, string Name);
