using PgActors.Runtime;

namespace PgActors.Actors.Tests.Runtime;

internal sealed class Completion(Action action) : AfterTurnWork
{
    /// <summary>Whether nobody waits for it.</summary>
    public bool IsUnawaited { get; init; }

    public override void Execute() => action();

    internal override bool TryCompleteUnawaited()
    {
        if (IsUnawaited)
            action();
        return IsUnawaited;
    }
}
