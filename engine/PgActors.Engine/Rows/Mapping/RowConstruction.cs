using System.Reflection;

namespace PgActors.Rows.Mapping;

/// <summary>How an object is made of columns: the constructor and its arguments, then the properties.</summary>
/// <param name="Type">What is made.</param>
/// <param name="Constructor"><see langword="null"/> for a struct that is made by zeroing it.</param>
/// <param name="Arguments">One for each parameter.</param>
/// <param name="Properties">What is set afterwards, each from one column.</param>
internal sealed record RowConstruction(
    Type Type, ConstructorInfo? Constructor, ConstructionArgument[] Arguments, (PropertyInfo Property, int Column)[] Properties);

/// <summary>Where a constructor argument comes from.</summary>
/// <param name="Type">The parameter's type.</param>
/// <param name="Column">The column; -1 if it comes from somewhere else.</param>
/// <param name="Nested">An object made first: the rest of a tuple of more than seven items.</param>
/// <param name="Default">The parameter's own default, if neither of these; <see langword="null"/> stands for the type's default.</param>
internal readonly record struct ConstructionArgument(Type Type, int Column, RowConstruction? Nested = null, object? Default = null);
