namespace PgActors.Framing;

/// <summary>What stands at the front of a receive buffer.</summary>
public enum FrameStatus
{
    /// <summary>A whole message.</summary>
    Complete,

    /// <summary>The beginning of a message whose rest has not arrived.</summary>
    Incomplete,

    /// <summary>Bytes that begin no message that may come now. Nothing behind them can be trusted: close.</summary>
    Violation,
}
