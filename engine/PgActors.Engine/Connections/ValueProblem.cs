namespace PgActors.Connections;

/// <summary>Why one option's value was refused.</summary>
/// <param name="Message">What is wrong, why, and what to do. Never holds a secret.</param>
/// <param name="Offset">Where in the value, in UTF-16 units.</param>
internal sealed record ValueProblem(string Message, int Offset = 0);
