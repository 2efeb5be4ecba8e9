using PgActors.Sessions;

namespace PgActors.Statements;

/// <summary>A statement under construction that waits: what there is of it so far.</summary>
/// <param name="Node">Its way through the tree of statements.</param>
/// <param name="Tail">What is not in the tree.</param>
/// <param name="Parameters">The parameters, encoded.</param>
/// <param name="Count">How many.</param>
/// <param name="Streams">Those that are read while they are sent.</param>
internal sealed record SuspendedStatement(
    StatementNode Node, object[]? Tail, byte[] Parameters, int Count, List<StreamedParameter>? Streams);
