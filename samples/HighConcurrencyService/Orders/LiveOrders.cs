using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using PgActors;

namespace HighConcurrencyService.Orders;

/// <summary>
/// New orders for everybody who watches: the database is asked once for all of them. A watcher that is too slow misses orders, and holds up
/// nobody.
/// </summary>
internal sealed partial class LiveOrders(OrderStore store, ILogger<LiveOrders> log) : BackgroundService
{
    private const int MostBehind = 1000;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly List<Channel<Order>> _watchers = [];
    private long _last;

    /// <summary>Tells at once that the watch has begun ("ready"), then of every order from now on ("order"), until the watcher leaves.</summary>
    public async IAsyncEnumerable<SseItem<Order?>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<Order>(new BoundedChannelOptions(MostBehind) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock)
            _watchers.Add(channel);
        try
        {
            yield return new SseItem<Order?>(null, "ready");
            await foreach (var order in channel.Reader.ReadAllAsync(cancellationToken))
                yield return new SseItem<Order?>(order, "order");
        }
        finally
        {
            lock (_lock)
                _watchers.Remove(channel);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The live list is behind.")]
    private static partial void LogBehind(ILogger log, Exception reason);

    /// <summary>Before the first watcher can come: what is there now is not new.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _last = await store.FindLastAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await PublishAsync(stoppingToken);
            }
            catch (PgException unavailable)
            {
                // Its sessions are being made again; what was missed is read then.
                LogBehind(log, unavailable);
            }
        }
    }

    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        foreach (var order in await store.ReadBehindAsync(_last, cancellationToken))
        {
            _last = order.Id;
            lock (_lock)
            {
                foreach (var watcher in _watchers)
                    watcher.Writer.TryWrite(order);
            }
        }
    }
}
