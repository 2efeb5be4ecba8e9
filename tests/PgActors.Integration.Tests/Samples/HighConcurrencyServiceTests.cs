using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using HighConcurrencyService;
using HighConcurrencyService.Load;
using HighConcurrencyService.Orders;
using PgActors.Testing;

namespace PgActors.Integration.Tests.Samples;

/// <summary>The sample service, each of its endpoints, on a server of its own.</summary>
public sealed class HighConcurrencyServiceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orders_are_placed_read_searched_loaded_and_watched()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);
        await using var db = await server.OpenAsync();
        await using var service = await OrderService.StartAsync(db, "http://127.0.0.1:0", Token);
        using var client = new HttpClient { BaseAddress = new Uri(service.Urls.First()) };

        using var live = await client.GetAsync("/orders/live", HttpCompletionOption.ResponseHeadersRead, Token);
        await using var events = await live.Content.ReadAsStreamAsync(Token);
        await using var watched = SseParser.Create(events).EnumerateAsync(Token).GetAsyncEnumerator(Token);
        Assert.True(await watched.MoveNextAsync());
        Assert.Equal("ready", watched.Current.EventType);

        using var placed = await client.PostAsJsonAsync("/orders", new NewOrder(7, 12.5m), Token);
        Assert.Equal(HttpStatusCode.Created, placed.StatusCode);
        var order = await client.GetFromJsonAsync<Order>(placed.Headers.Location, Token);
        Assert.Equal((7, 12.5m), (order!.Customer, order.Total));
        using var missing = await client.GetAsync("/orders/1000000", Token);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);

        using var loaded = await client.PostAsJsonAsync(
            "/orders/bulk", Enumerable.Range(0, 2_000).Select(n => new NewOrder(n % 10, n)), Token);
        Assert.Contains("\"stored\":2000", await loaded.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        var found = await client.GetFromJsonAsync<Order[]>("/orders?customer=7&minimum=1000", Token);
        Assert.Equal(100, found!.Length);
        Assert.All(found, hit => Assert.True(hit is { Customer: 7, Total: >= 1000 }));

        Assert.True(await watched.MoveNextAsync());
        Assert.Equal("order", watched.Current.EventType);
        Assert.Contains($"\"id\":{order.Id}", watched.Current.Data, StringComparison.Ordinal);
        Assert.Contains("sessions", await client.GetStringAsync("/health", Token), StringComparison.Ordinal);
        await service.StopAsync(Token);
    }

    [Fact]
    public async Task Load_driver_is_answered_by_a_few_sessions()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);
        await using var db = await server.OpenAsync("application_name=load");
        await using var service = await OrderService.StartAsync(db, "http://127.0.0.1:0", Token);
        using var client = new HttpClient { BaseAddress = new Uri(service.Urls.First()) };

        var results = await new LoadDriver(client, 32, TimeSpan.FromSeconds(1)).RunAsync(Token);

        Assert.Equal(["bulk", "read", "search", "write"], results.Select(result => result.Name));
        Assert.All(results, result => Assert.True(result is { Failures: 0, Milliseconds.Length: > 0 }, $"{result}"));
        await service.StopAsync(Token);
    }
}
