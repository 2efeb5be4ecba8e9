namespace PgActors.Connections;

/// <summary>Why connection options were refused, before it becomes an exception.</summary>
/// <param name="Message">What is wrong, why, and what to do. Never holds a secret.</param>
/// <param name="Keyword">The option concerned, or null.</param>
/// <param name="Position">Where in the text, counted in UTF-16 units from 0; null if the text is not the cause.</param>
internal sealed record OptionProblem(string Message, string? Keyword = null, int? Position = null);
