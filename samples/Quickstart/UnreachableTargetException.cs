namespace Quickstart;

/// <summary>What was given as the connection leads to no database. The message is the engine's own.</summary>
internal sealed class UnreachableTargetException(Exception inner) : Exception(inner.Message, inner);
