using PgActors.Sessions;

namespace PgActors.Statements;

/// <summary>A statement with its parameters, encoded. Whoever takes the buffer gives it back.</summary>
internal readonly record struct PgCommand(SqlStatement Statement, ParameterBuffer? Parameters);
