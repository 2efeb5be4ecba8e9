namespace PgActors.Testing;

/// <summary>What a <see cref="CancelStorm"/> saw.</summary>
/// <param name="Cancelled">Victims that ended as cancelled.</param>
/// <param name="Outran">Victims that ended before their cancel could strike.</param>
/// <param name="Innocents">Innocent commands that gave the right answer.</param>
/// <param name="Failures">What went wrong: an innocent that failed or got another's answer, a victim that failed otherwise. The first few
/// dozen.</param>
public sealed record CancelStormReport(int Cancelled, int Outran, long Innocents, IReadOnlyList<Exception> Failures);
