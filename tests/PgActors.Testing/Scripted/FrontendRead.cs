using PgActors.Framing;
using PgActors.Protocol;

namespace PgActors.Testing;

/// <summary>One read from a client.</summary>
/// <param name="Kind">What was found.</param>
/// <param name="Message">The message, if it is one.</param>
/// <param name="Scan">The frame, unless it is the end.</param>
/// <param name="Rest">At the end: bytes of a message that the client did not finish.</param>
internal readonly record struct FrontendRead(FrontendReadKind Kind, IFrontendMessage? Message, FrameScan Scan, int Rest);
