using PgActors.Runtime;

namespace PgActors.Actors.Tests.Runtime;

internal sealed class Item(int number, int bytes = 1) : IMailboxWork
{
    public int Number => number;

    public int Bytes => bytes;

    public override string ToString() => $"work {number}";
}
