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

    /// <summary>Its fate is sealed: the shell may take it.</summary>
    public bool Ended;

    /// <summary>Handed to the transport, at least in part.</summary>
    public bool Sent;

    /// <summary>Its CommandComplete (or equal) has arrived; only the Sync's answer is missing.</summary>
    public bool Executed;

    /// <summary>A Sync is still to be sent for it: its portal is fetched in parts.</summary>
    public bool OwesSync;

    /// <summary>The user wants it cancelled.</summary>
    public bool CancelWanted;

    /// <summary>A cancel was started for it.</summary>
    public bool CancelSent;

    /// <summary>Rows went to the consumer: it cannot be run again unseen.</summary>
    public bool Delivered;

    /// <summary>The consumer left: rows are thrown away.</summary>
    public bool Abandoned;
}
