using PgActors.Runtime;

namespace PgActors.Actors.Tests.Runtime;

internal sealed class Completion(Action action) : AfterTurnWork
{
    public override void Execute() => action();
}
