using System.Collections.Concurrent;
using System.Diagnostics;
using HighConcurrencyService.Orders;

namespace HighConcurrencyService.Load;

/// <summary>Many callers at once, each of which awaits one answer after the other: mostly reads, some writes, a few searches.</summary>
internal sealed class LoadDriver(HttpClient client, int callers, TimeSpan duration)
{
    private const int Customers = 1000;
    private const int LoadedOrders = 20_000;

    private readonly ConcurrentDictionary<string, ConcurrentBag<double>> _times = new();
    private readonly ConcurrentDictionary<string, int> _failures = new();

    /// <summary>Loads orders, then reads, writes and searches for as long as the duration.</summary>
    public async Task<IReadOnlyList<LoadResult>> RunAsync(CancellationToken cancellationToken)
    {
        var loading = Stopwatch.StartNew();
        var orders = Enumerable.Range(0, LoadedOrders).Select(n => new NewOrder(n % Customers, n % 500));
        using var loaded = await client.PostAsJsonAsync("/orders/bulk", orders, cancellationToken);
        loaded.EnsureSuccessStatusCode();
        var bulk = new LoadResult(
            "bulk", [loading.Elapsed.TotalMilliseconds], loading.Elapsed.TotalSeconds, 0);

        var started = Stopwatch.GetTimestamp();
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(duration);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => CallAsync(new Random(caller), time.Token)));
        cancellationToken.ThrowIfCancellationRequested();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return
        [
            bulk,
            .. _times.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(
                kind => new LoadResult(kind.Key, [.. kind.Value.Order()], seconds, _failures.GetValueOrDefault(kind.Key))),
        ];
    }

    private async Task CallAsync(Random random, CancellationToken time)
    {
        while (!time.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            var (kind, request) = random.Next(20) switch
            {
                0 => ("search", client.GetAsync($"/orders?customer={random.Next(Customers)}&minimum=250", time)),
                < 5 => ("write", client.PostAsJsonAsync("/orders", new NewOrder(random.Next(Customers), random.Next(500)), time)),
                _ => ("read", client.GetAsync($"/orders/{1 + random.Next(LoadedOrders)}", time)),
            };
            try
            {
                using var response = await request;
                await response.Content.ReadAsByteArrayAsync(time);
                _times.GetOrAdd(kind, static _ => []).Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                if (!response.IsSuccessStatusCode)
                    _failures.AddOrUpdate(kind, 1, static (_, count) => count + 1);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
