namespace PgActors.Sessions;

/// <summary>What stands at the front of the received bytes.</summary>
/// <param name="Type">The message's type byte.</param>
/// <param name="Length">Bytes, headers included: of the one message, or of the run or piece of rows.</param>
/// <param name="Rows">Rows in the run, 1 for a piece; 0 if it is another message.</param>
/// <param name="Violation">Why it is no message; <see langword="null"/> if it is one.</param>
internal readonly record struct FrameRun(byte Type, int Length, int Rows, string? Violation);
