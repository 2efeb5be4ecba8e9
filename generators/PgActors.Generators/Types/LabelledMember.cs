namespace PgActors.Generators.Types;

/// <summary>A member of an enum.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Label">Its label, if it was given.</param>
internal sealed record LabelledMember(string Name, string? Label);
