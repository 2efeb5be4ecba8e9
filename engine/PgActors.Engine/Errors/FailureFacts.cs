using PgActors.Protocol;

namespace PgActors;

/// <summary>What the client alone knows of a failed command: no server says it.</summary>
internal sealed record FailureFacts
{
    public static FailureFacts None { get; } = new();

    public CommandPhase? Phase { get; init; }

    public TransactionStatus? Transaction { get; init; }

    public int? BatchIndex { get; init; }

    public TimeSpan? Elapsed { get; init; }

    public bool CancelWasSent { get; init; }

    /// <summary>What is known of the command that an exception was made for: true of every other that has it as its cause.</summary>
    public static FailureFacts Of(Exception? cause) => cause switch
    {
        PgException failure => failure.Facts,
        PgCanceledException cancelled => cancelled.Facts,
        _ => None,
    };
}
