using PgActors.Protocol;
using PgActors.Sessions;

namespace PgActors.Routing;

/// <summary>An exclusive session at a moment, as far as that can be seen from outside without disturbing it: what it tells need not be of one
/// instant.</summary>
/// <param name="Session">The session itself.</param>
/// <param name="Phase">Where it stands.</param>
/// <param name="For">For how long it has stood there: for <see cref="LeasePhase.Held"/>, how long somebody has had it.</param>
/// <param name="Holder">Who has it; while it is freed of what was left in it or ends, who had it last; <see langword="null"/> if nobody
/// has.</param>
/// <param name="Transaction">What its last ReadyForQuery said.</param>
public sealed record LeaseSnapshot(
    SessionSnapshot Session, LeasePhase Phase, TimeSpan For, LeaseHolder? Holder, TransactionStatus Transaction);
