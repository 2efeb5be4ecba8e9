using PgActors.Protocol;

namespace PgActors;

/// <summary>A command ended because its caller cancelled it.</summary>
public sealed class PgCanceledException : OperationCanceledException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="outcome">How far the command got.</param>
    /// <param name="token">The caller's token.</param>
    /// <param name="inner">What says more, such as how far several commands came.</param>
    public PgCanceledException(Outcome outcome, CancellationToken token, Exception? inner = null)
        : base(Compose(outcome), inner, token)
    {
        Outcome = outcome;
        Facts = FailureFacts.Of(inner);
        (Server, Error) = inner is PgException failure ? (failure.Server, failure.Error) : (null, null);
    }

    /// <summary>How far the command got.</summary>
    public Outcome Outcome { get; }

    /// <summary>Host and port of the server concerned; <see langword="null"/> if there was none yet.</summary>
    public string? Server { get; internal init; }

    /// <summary>What the server said, all its fields; <see langword="null"/> if it said nothing.</summary>
    public PgError? Error { get; internal init; }

    /// <summary>The SQLSTATE, mostly <c>57014</c>; <see langword="null"/> if the server sent none.</summary>
    public string? SqlState => Error?.SqlState;

    /// <summary>What the session's last ReadyForQuery said of its transaction; <see langword="null"/> if the command never had a session, or
    /// the session is over.</summary>
    public TransactionStatus? Transaction => Facts.Transaction;

    /// <summary>What the command was doing when it ended; <see langword="null"/> if it had not been given to a session.</summary>
    public CommandPhase? Phase => Facts.Phase;

    /// <summary>Which command of its batch it was, counted from 0; <see langword="null"/> if it was in none.</summary>
    public int? BatchIndex => Facts.BatchIndex;

    /// <summary>From the moment the command was given to its session, or began to wait for one, until its fate was sealed;
    /// <see langword="null"/> if it never was.</summary>
    public TimeSpan? Elapsed => Facts.Elapsed;

    /// <summary>Whether a cancel had been sent to the server for the command.</summary>
    public bool CancelWasSent => Facts.CancelWasSent;

    internal FailureFacts Facts { get; init; }

    private static string Compose(Outcome outcome) => outcome switch
    {
        Outcome.NotSent => "The command was cancelled before it was sent.",
        Outcome.RolledBack => "The command was cancelled, and what it did was undone.",
        Outcome.Unknown => "The command was cancelled, and nothing proves that what it did was undone; whether it took effect is unknown.",
    };
}
