using System.Runtime.CompilerServices;
using System.Threading.Channels;
using PgActors;

namespace HighConcurrencyService.Orders;

/// <summary>
/// New orders for everybody who watches: the database is asked once for all of them. A watcher that is too slow misses orders, and holds up
/// nobody.
/// </summary>
internal sealed class LiveOrders(OrderStore store, ILogger<LiveOrders> log) : BackgroundService
{
    private const int MostBehind = 1000;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly List<Channel<Order>> _watchers = [];

    /// <summary>Orders from now on, until the watcher leaves.</summary>
    public async IAsyncEnumerable<Order> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<Order>(new BoundedChannelOptions(MostBehind) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock)
            _watchers.Add(channel);
        try
        {
            await foreach (var order in channel.Reader.ReadAllAsync(cancellationToken))
                yield return order;
        }
        finally
        {
            lock (_lock)
                _watchers.Remove(channel);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        long? last = null;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                last = await PublishAsync(last ?? await store.FindLastAsync(stoppingToken), stoppingToken);
            }
            catch (PgException unavailable)
            {
                // Its sessions are being made again; what was missed is read then.
                log.LogWarning(unavailable, "The live list is behind.");
            }
        }
    }

    private async Task<long> PublishAsync(long last, CancellationToken cancellationToken)
    {
        foreach (var order in await store.ReadBehindAsync(last, cancellationToken))
        {
            last = order.Id;
            lock (_lock)
            {
                foreach (var watcher in _watchers)
                    watcher.Writer.TryWrite(order);
            }
        }

        return last;
    }
}
