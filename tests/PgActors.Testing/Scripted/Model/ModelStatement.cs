using PgActors.Protocol;

namespace PgActors.Testing;

/// <summary>One statement that a <see cref="ModelServer"/> ran: what really happened, to be compared with what the client believes. A
/// portal counts once, however often it is executed.</summary>
/// <param name="Number">Its place among the statements of the whole server, from 1.</param>
/// <param name="Sql">Its text.</param>
/// <param name="Parameters">The values it was given, as they came.</param>
/// <param name="Outcome">How far it got.</param>
/// <param name="SqlState">Why it failed; <see langword="null"/> if it did not.</param>
/// <param name="Fate">What became of its transaction.</param>
public sealed record ModelStatement(
    long Number,
    string Sql,
    WireArray<WireArray<byte>?> Parameters,
    ModelStatementOutcome Outcome,
    string? SqlState,
    ModelStatementFate Fate);
