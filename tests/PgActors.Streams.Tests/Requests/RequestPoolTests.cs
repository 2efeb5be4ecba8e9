using PgActors.Requests;

namespace PgActors.Streams.Tests.Requests;

public sealed class RequestPoolTests
{
    // One is kept by the thread, the others by all.
    private const int Kept = 1 + (16 * 1024);

    [Fact]
    public void Empty_pool_makes_what_is_rented() => Assert.NotSame(RequestPool<Fresh>.Rent(), RequestPool<Fresh>.Rent());

    [Fact]
    public void Thread_gets_back_what_it_returned_last_and_once_only()
    {
        var request = RequestPool<Own>.Rent();
        RequestPool<Own>.Return(request);

        Assert.Same(request, RequestPool<Own>.Rent());
        Assert.NotSame(request, RequestPool<Own>.Rent());
    }

    [Fact]
    public void What_one_thread_returned_beyond_its_own_another_may_rent()
    {
        var requests = new[] { new Shared(), new Shared() };
        foreach (var request in requests)
            RequestPool<Shared>.Return(request);

        Shared? rented = null;
        var other = new Thread(() => rented = RequestPool<Shared>.Rent());
        other.Start();
        other.Join();

        Assert.Same(requests[1], rented);
    }

    [Fact]
    public void Burst_is_not_kept()
    {
        var burst = Enumerable.Range(0, Kept + 100).Select(_ => new Burst()).ToHashSet();
        foreach (var request in burst)
            RequestPool<Burst>.Return(request);

        var again = Enumerable.Range(0, burst.Count).Count(_ => burst.Contains(RequestPool<Burst>.Rent()));

        Assert.Equal(Kept, again);
    }

    private sealed class Fresh;

    private sealed class Own;

    private sealed class Shared;

    private sealed class Burst;
}
