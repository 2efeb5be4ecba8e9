using PgActors.Sessions;

namespace PgActors.Engine.Tests.Sessions;

/// <summary>One command of a random run: what it will do on the server, and what became of it there and here.</summary>
internal sealed class ModelCommand(RequestId id, CommandShape shape)
{
    public RequestId Id => id;

    public CommandShape Shape => shape;

    public bool FailsAtBind { get; init; }

    public bool FailsAtExecute { get; init; }

    public bool FailsAtCommit { get; init; }

    /// <summary>Commits what its group did so far, where its kind can.</summary>
    public bool CommitsEarly { get; init; }

    public int RowsLeft { get; set; }

    /// <summary>Shares its Sync with others.</summary>
    public bool IsGrouped { get; init; }

    public bool CancelWanted { get; set; }

    /// <summary>Rows of it were handed to the consumer.</summary>
    public bool WasSeen { get; set; }

    /// <summary>The truth on the server: its execution began.</summary>
    public bool Began { get; set; }

    /// <summary>The truth on the server: its effect, or a part of it, is committed.</summary>
    public bool IsKept { get; set; }

    /// <summary>The same once more, for a victim of a cancel.</summary>
    public ModelCommand Again(RequestId again, int rows) => new(again, shape)
    {
        FailsAtBind = FailsAtBind,
        FailsAtExecute = FailsAtExecute,
        FailsAtCommit = FailsAtCommit,
        CommitsEarly = CommitsEarly,
        RowsLeft = rows,
    };
}
