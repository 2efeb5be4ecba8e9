using System.Text.Json;
using HighConcurrencyService.Orders;
using PgActors;

namespace HighConcurrencyService;

/// <summary>The web service: one database object for the whole process, handed to whoever answers a request.</summary>
internal static class OrderService
{
    /// <summary>Makes the tables and starts to listen.</summary>
    /// <param name="db">The database; it stays the caller's.</param>
    /// <param name="url">Where to listen; port 0 chooses a free one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<WebApplication> StartAsync(PgDatabase db, string url, CancellationToken cancellationToken)
    {
        var store = new OrderStore(db);
        await store.CreateTablesAsync(cancellationToken);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(db).AddSingleton(store).AddSingleton<LiveOrders>();
        builder.Services.AddHostedService(services => services.GetRequiredService<LiveOrders>());
        var app = builder.Build();
        Map(app);
        await app.StartAsync(cancellationToken);
        return app;
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/orders/{id:long}", async Task<IResult> (long id, OrderStore store, CancellationToken cancellationToken) =>
            await store.FindAsync(id, cancellationToken) is { } order ? Results.Ok(order) : Results.NotFound());

        app.MapPost("/orders", async (NewOrder order, OrderStore store, CancellationToken cancellationToken) =>
        {
            var id = await store.PlaceAsync(order, cancellationToken);
            return Results.Created($"/orders/{id}", id);
        });

        app.MapGet("/orders", (int customer, decimal? minimum, OrderStore store) => store.Search(customer, minimum ?? 0));

        app.MapPost("/orders/bulk", async (HttpRequest request, OrderStore store, CancellationToken cancellationToken) =>
        {
            var orders = JsonSerializer.DeserializeAsyncEnumerable<NewOrder>(request.Body, JsonSerializerOptions.Web, cancellationToken);
            var result = await store.LoadAsync(orders.OfType<NewOrder>(), cancellationToken);
            return Results.Ok(new { result.Items, Stored = result.Rows, result.Commands.Failed });
        });

        app.MapGet("/orders/live", (LiveOrders live, CancellationToken cancellationToken) =>
            TypedResults.ServerSentEvents(live.WatchAsync(cancellationToken)));

        app.MapGet("/health", (PgDatabase db) => Results.Ok(new { db.Server, Sessions = db.SessionCount }));
    }
}
