using PgActors.Protocol;

namespace PgActors;

/// <summary>
/// A command or a connection failed. Every one of them says how far the command got (<see cref="Outcome"/>), so that the caller knows whether
/// it may be repeated.
/// </summary>
public abstract class PgException : Exception
{
    private protected PgException(string message, Outcome outcome, string? server, Exception? inner = null)
        : base(message, inner)
    {
        Outcome = outcome;
        Server = server;
        Facts = FailureFacts.Of(inner);
    }

    /// <summary>How far the command got.</summary>
    public Outcome Outcome { get; }

    /// <summary>Host and port of the server concerned; <see langword="null"/> if there was none yet.</summary>
    public string? Server { get; }

    /// <summary>What the server said of the command or, if that only shares the fate of another, of the one to blame: all its fields;
    /// <see langword="null"/> if it said nothing.</summary>
    public virtual PgError? Error => (InnerException as PgException)?.Error;

    /// <summary>The SQLSTATE; <see langword="null"/> if the server sent none.</summary>
    public string? SqlState => Error?.SqlState;

    /// <summary>What the command was doing; <see langword="null"/> if no command was concerned, such as while connecting, or it was refused
    /// before it was given to a session.</summary>
    public CommandPhase? Phase => Facts.Phase;

    /// <summary>What the session's last ReadyForQuery said of its transaction; <see langword="null"/> if the command never had a session, or
    /// the session is over.</summary>
    public TransactionStatus? Transaction => Facts.Transaction;

    /// <summary>Which command of its batch it was, counted from 0; <see langword="null"/> if it was in none.</summary>
    public int? BatchIndex => Facts.BatchIndex;

    /// <summary>From the moment the command was given to its session, or began to wait for one, until its fate was sealed;
    /// <see langword="null"/> if it never was.</summary>
    public TimeSpan? Elapsed => Facts.Elapsed;

    /// <summary>Whether a cancel had been sent to the server for the command.</summary>
    public bool CancelWasSent => Facts.CancelWasSent;

    internal FailureFacts Facts { get; init; }
}
