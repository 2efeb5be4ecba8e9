namespace PgActors.Routes;

/// <summary>The commands of another object, each with a time of its own.</summary>
internal sealed class TimedCommands(PgCommands origin, CommandRoute route, long window, TimeSpan timeout)
    : PgCommands(route, origin.TypeSource, window, timeout)
{
    internal override ValueTask<PgTransaction?> BeginForBulkAsync(CancellationToken cancellationToken) =>
        origin.BeginForBulkAsync(cancellationToken);
}
