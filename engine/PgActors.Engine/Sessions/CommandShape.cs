namespace PgActors.Sessions;

/// <summary>
/// What the session machine must know of a command: which messages were written for it, and so which replies to expect. The text, the
/// parameters and the completion stay with the shell.
/// </summary>
/// <param name="Protocol">Simple or extended.</param>
/// <param name="Safety">What the statement can leave behind although it failed.</param>
public readonly record struct CommandShape(CommandProtocol Protocol, StatementSafety Safety)
{
    /// <summary>A Close of an evicted statement or of a portal stands in front.</summary>
    public bool Closes { get; init; }

    /// <summary>A Parse is sent.</summary>
    public bool Parses { get; init; }

    /// <summary>A Describe of the portal is sent.</summary>
    public bool Describes { get; init; }

    /// <summary>A Describe of the statement and a Flush stand behind the Parse, and nothing more is sent before the answer: Bind and what
    /// follows it depend on the columns. Needs <see cref="Parses"/>, and takes the place of <see cref="Describes"/>.</summary>
    public bool DescribesFirst { get; init; }

    /// <summary>Rows per Execute; 0 is all of them. With a limit a Flush stands behind the command instead of a Sync, which is sent once
    /// the portal has ended: nothing else may be sent before.</summary>
    public int RowLimit { get; init; }

    /// <summary>A Sync stands behind the command: it has its own fate. Without one it shares that of the next command that has
    /// one.</summary>
    public bool Syncs { get; init; }

    /// <summary>Its Sync was taken back, to stand behind the next command (<see cref="PipelineMachine.OnSyncPutOff"/>): it is inside a transaction
    /// block, where a Sync ends nothing, and an error behind it does not change how it ended.</summary>
    public bool PutsOffSync { get; init; }

    /// <summary>The consumer grants credit: the session stops reading when it falls behind. Only an exclusive session may carry such a
    /// command, since everything behind it would wait too.</summary>
    public bool LimitsDemand { get; init; }

    /// <summary>It executes a portal that an earlier command of its transaction has bound: no Parse, no Bind.</summary>
    public bool IsFetch { get; init; }

    /// <summary>A row limit may end it before the last row (PortalSuspended), and that is a success: its portal has a name and lives as long
    /// as its transaction, so that a Sync can stand behind each fetch and other commands between two of them.</summary>
    public bool MaySuspend { get; init; }

    /// <summary>Whether the consumer sees rows before the command has ended. Otherwise it waits for the end, and what came before an
    /// accident is dropped without anybody knowing.</summary>
    internal bool ShowsRows => LimitsDemand || RowLimit > 0 || MaySuspend;
}
