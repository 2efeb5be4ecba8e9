using PgActors.Protocol;

namespace PgActors.Framing;

/// <summary>Cuts what a client sends into messages, in place: for scripted servers, tracers and proxies. Holds nothing; safe to call from
/// any thread.</summary>
public static class FrontendFrameScanner
{
    /// <summary>Looks at the front of <paramref name="buffer"/>.</summary>
    /// <param name="buffer">What has arrived and was not consumed.</param>
    /// <param name="limits">The caps.</param>
    /// <param name="phase">What the server waits for; in <see cref="FrontendPhase.Startup"/> packets have no type byte.</param>
    public static FrameScan Scan(ReadOnlySpan<byte> buffer, FrontendLimits limits, FrontendPhase phase)
        => phase == FrontendPhase.Startup
            ? FrameCutter.CutStartupPacket(buffer, FrontendLimits.MinStartupPacket, limits.StartupPacketCap)
            : FrameCutter.Cut(buffer, limits.Caps(phase));
}
