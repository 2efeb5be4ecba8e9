namespace PgActors.Generators.Types;

/// <summary>A property that is written as a column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">Its type.</param>
/// <param name="Column">The exact name of its column, if it was given.</param>
internal sealed record WrittenProperty(string Name, string TypeName, string? Column);
