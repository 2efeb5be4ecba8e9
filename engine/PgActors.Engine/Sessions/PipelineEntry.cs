using PgActors.Protocol;

namespace PgActors.Sessions;

/// <summary>One command in the pipeline, from its submission to the ReadyForQuery that ends it.</summary>
internal struct PipelineEntry
{
    public RequestId Id;
    public CommandShape Shape;
    public ReplyStep Step;
    public PgError? Error;
    public RequestId BlamedOn;
    public CommandTag Tag;

    /// <summary>How it will end; meaningful once <see cref="Ended"/>.</summary>
    public CommandEnd End;

    /// <summary>The step at which its fate was decided.</summary>
    public ReplyStep EndedAt;

    /// <summary>What is proven of it: begins as the shape's, and changes with what is learned about its failure.</summary>
    public StatementSafety Safety;

    /// <summary>Its fate is sealed: the shell may take it.</summary>
    public bool Ended;

    /// <summary>Handed to the transport, at least in part.</summary>
    public bool Sent;

    /// <summary>A Sync is still to be sent for it: its portal is fetched in parts.</summary>
    public bool OwesSync;

    /// <summary>Its Bind, and what stands behind that, is still to be sent: the server cannot have begun to execute it.</summary>
    public bool OwesBind;

    /// <summary>What is sent for its portal once the gate opens; <see cref="SessionEffectKind.None"/> if nothing is held back.</summary>
    public SessionEffectKind Held;

    /// <summary>The user wants it cancelled.</summary>
    public bool CancelWanted;

    /// <summary>A cancel was started for it.</summary>
    public bool CancelSent;

    /// <summary>Rows went to a consumer who sees them at once: it cannot be run again unseen.</summary>
    public bool Shown;

    /// <summary>It ended at its row limit: its portal has more.</summary>
    public bool Suspended;

    /// <summary>The consumer left: rows are thrown away.</summary>
    public bool Abandoned;

    /// <summary>Whether a Sync stands behind it, or will: it is the last of its group.</summary>
    public readonly bool EndsGroup => Shape.Syncs || Shape.RowLimit > 0 || Shape.Protocol == CommandProtocol.Simple;

    /// <summary>Says how it ended because of another command's error. What was said first stays.</summary>
    public void Blame(RequestId culprit, PgError error, CommandEnd end)
    {
        if (Ended || Error is not null)
            return;
        Error = error;
        BlamedOn = culprit;
        End = end;
        EndedAt = Step;
    }
}
