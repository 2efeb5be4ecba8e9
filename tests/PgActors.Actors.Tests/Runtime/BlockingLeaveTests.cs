using PgActors.Runtime;

namespace PgActors.Actors.Tests.Runtime;

public sealed class BlockingLeaveTests
{
    [Fact]
    public void Thread_that_is_not_the_pools_gets_no_leave_to_block()
    {
        var given = true;
        var thread = new Thread(() => given = ThreadPoolDispatcher.Instance.TryBeginBlocking());
        thread.Start();
        thread.Join();

        Assert.False(given);
    }
}
