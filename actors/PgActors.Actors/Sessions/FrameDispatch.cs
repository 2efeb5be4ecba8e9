using PgActors.Framing;
using PgActors.Protocol;

namespace PgActors.Sessions;

/// <summary>Cuts what was received into single messages and runs of rows.</summary>
internal sealed class FrameDispatch(MessageLimits limits)
{
    private readonly int _maxRow = limits.Cap(FramingPhase.Session, (byte)BackendMessageType.DataRow);

    /// <summary>Looks at the front of what waits.</summary>
    /// <returns>False if no whole message is there.</returns>
    public bool TryNext(ReceiveBuffer input, FramingPhase phase, out FrameRun run)
    {
        var waiting = input.Waiting;
        if (phase == FramingPhase.Session)
        {
            FrameScanner.CountRowRun(waiting, _maxRow, out var bytes, out var rows);
            if (rows > 0)
            {
                run = new FrameRun((byte)BackendMessageType.DataRow, bytes, rows, null);
                return true;
            }
        }

        var scan = FrameScanner.Scan(waiting, limits, phase);
        run = scan.Status switch
        {
            FrameStatus.Complete => new FrameRun(scan.Header.Type, scan.FrameSize, 0, null),
            FrameStatus.Incomplete => default,
            FrameStatus.Violation => new FrameRun(scan.Header.Type, 0, 0, Explain(scan.Violation, phase)),
        };
        return scan.Status != FrameStatus.Incomplete;
    }

    private static string Explain(FrameViolation violation, FramingPhase phase) => phase switch
    {
        FramingPhase.Startup => $"What listens there does not speak PostgreSQL's protocol; check host and port. {violation}",
        FramingPhase.Session when violation is { Kind: FrameViolationKind.OverCap, Header.Type: (byte)BackendMessageType.DataRow } =>
            $"A row of {violation.Header.Length:N0} bytes came, and max_message_bytes allows {violation.Cap:N0}. Raise it, or select less at a time.",
        FramingPhase.Authenticated or FramingPhase.Session => $"The server broke the protocol. {violation}",
    };
}
