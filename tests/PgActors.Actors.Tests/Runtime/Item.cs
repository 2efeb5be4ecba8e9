using PgActors.Runtime;

namespace PgActors.Actors.Tests.Runtime;

internal sealed class Item(int number, int bytes = 1) : IMailboxWork
{
    public int Number => number;

    public int Bytes => bytes;

    public bool IsAwaited { get; init; } = true;

    public AfterTurnWork? Answer { get; init; }

    public bool IsCompletedBy(AfterTurnWork completion) => ReferenceEquals(Answer, completion);

    public override string ToString() => $"work {number}";
}
