using System.Reactive.Linq;
using System.Text.Json.Serialization;
using PgActors.Types;

namespace PgActors.Streams.Tests.Documentation;

/// <summary>The code of README.md, compiled. Each block there is the text between two markers here.</summary>
internal static partial class ReadmeSnippets
{
    public static async Task OpenAsync(string customer, long id)
    {
        // snippet: open
        await using var db = await PgDatabase.ConnectAsync("postgres://app@localhost/shop");

        long orders = await db.QuerySingleAsync<long>($"select count(*) from orders where customer = {customer}");
        Order? order = await db.QuerySingleOrDefaultAsync<Order>($"select id, total, note from orders where id = {id}");
        long changed = await db.ExecuteAsync($"update orders set note = {"seen"} where customer = {customer}");
        // end
        Console.WriteLine($"{orders} {order} {changed}");
    }

    public static async Task StreamAsync(PgDatabase db, decimal minimum, CancellationToken cancellationToken)
    {
        // snippet: stream
        PgQuery<Order> large = db.Query<Order>($"select id, total, note from orders where total > {minimum}");

        await foreach (var order in large.WithCancellation(cancellationToken))
            Console.WriteLine($"{order.Id}: {order.Total}");

        await foreach (var (id, total) in db.Query<(long, decimal)>("select id, total from orders").WithWindow(1 << 20))
            Console.WriteLine($"{id}: {total}");
        // end
    }

    public static async Task NameAsync(PgDatabase db, string tableName)
    {
        // snippet: identifier
        var table = new PgIdentifier("shop", tableName);
        var count = await db.QuerySingleAsync<long>($"select count(*) from {table}");
        // end
        Console.WriteLine(count);
    }

    public static async Task TransferAsync(PgDatabase db, int payer, int payee, decimal amount, CancellationToken cancellationToken)
    {
        // snippet: transaction
        await db.InTransactionAsync(
            async tx =>
            {
                await tx.ExecuteAsync($"update accounts set balance = balance - {amount} where id = {payer}");
                await tx.ExecuteAsync($"update accounts set balance = balance + {amount} where id = {payee}");
            },
            new PgTransactionOptions { Isolation = PgIsolation.Serializable, MaxAttempts = 5 },
            cancellationToken);
        // end
    }

    public static async Task LeaseAsync(PgDatabase db, long id, CancellationToken cancellationToken)
    {
        // snippet: lease
        await using var session = await db.LeaseAsync(cancellationToken);
        await session.ExecuteAsync("set search_path to audit", cancellationToken);
        await session.ExecuteAsync($"select pg_advisory_lock({id})", cancellationToken);
        // end
    }

    public static async Task BatchAsync(
        PgDatabase db, long customer, decimal total, IAsyncEnumerable<Price> prices, CancellationToken cancellationToken)
    {
        // snippet: batch
        var batch = db.CreateBatch(BatchMode.Atomic);
        var order = batch.QuerySingle<long>($"insert into orders (customer, total) values ({customer}, {total}) returning id");
        batch.Execute($"update customers set orders = orders + 1 where id = {customer}");
        await batch.RunAsync(cancellationToken);
        Console.WriteLine(order.Result);

        var written = await db.ExecuteManyAsync(
            BatchMode.Independent,
            prices,
            (bulk, price) => bulk.Add($"insert into prices (symbol, value) values ({price.Symbol}, {price.Value})"),
            cancellationToken);
        // end
        Console.WriteLine(written);
    }

    public static async Task HugeAsync(PgDatabase db, long id, CancellationToken cancellationToken)
    {
        // snippet: huge
        await using var file = await db.QueryStreamAsync($"select content from files where id = {id}", cancellationToken);
        // end
        Console.WriteLine(file?.Length);
    }

    public static async Task SendHugeAsync(PgDatabase db, long id, string path, CancellationToken cancellationToken)
    {
        // snippet: scan
        await using var scan = File.OpenRead(path);
        await db.ExecuteAsync($"update files set content = {scan} where id = {id}", cancellationToken);
        // end
    }

    public static void Observe(PgDatabase db)
    {
        // snippet: rx
        using var subscription = db.Query<Order>("select id, total, note from orders order by id")
            .ToObservable()
            .Buffer(TimeSpan.FromSeconds(1))
            .Where(second => second.Count > 0)
            .Subscribe(
                second => Console.WriteLine($"{second.Count} orders, {second.Sum(order => order.Total)} in all"),
                failed => Console.WriteLine(failed.Message));
        // end
    }

    public static async Task FailAsync(PgDatabase db, long id, decimal total, CancellationToken cancellationToken)
    {
        // snippet: failures
        try
        {
            await db.ExecuteAsync($"insert into orders (id, total) values ({id}, {total})", cancellationToken);
        }
        catch (PgServerException refused) when (refused.SqlState == SqlStates.UniqueViolation)
        {
            Console.WriteLine($"There already: {refused.Error.Detail}");
        }
        catch (PgException failed) when (failed.Outcome is Outcome.NotSent or Outcome.RolledBack)
        {
            Console.WriteLine($"It did nothing and may be run again. {failed.Message}");
        }
        catch (PgException lost)
        {
            Console.WriteLine($"Look before you run it again. {lost.Message}");
        }
        catch (PgCanceledException canceled)
        {
            Console.WriteLine($"Cancelled, {canceled.Outcome}.");
        }
        // end
    }

    public static void Watch(PgDatabase db)
    {
        // snippet: events
        using var watch = db.Events.Subscribe(happened => Console.WriteLine(happened switch
        {
            PgSupervisionEvent { Decision: var decision } => $"{decision.Child}: {decision.Kind} {decision.Reason}",
            PgNoticeEvent { Notice: var notice } => notice.ToString(),
            PgEventsDropped { Count: var count } => $"(too slow: {count} events not seen)",
            _ => happened.ToString(),
        }));
        // end
    }

    public static async Task ConfigureAsync(CancellationToken cancellationToken)
    {
        // snippet: options
        var options = new PgConnectionOptions
        {
            Hosts = [new("db1"), new("db2")],
            User = "app",
            Database = "shop",
            SslMode = TlsMode.VerifyFull,
            TargetSessionAttributes = TargetSessionAttributes.ReadWrite,
            SharedSessions = 4,
        };
        var settings = new PgDatabaseSettings
        {
            Types = PgTypeRegistry.Default.With(PgTypeMapping.Json(ShopJson.Default.Address)),
        };
        await using var db = await PgDatabase.ConnectAsync(options, settings, cancellationToken);
        // end
    }

    // snippet: types
    [PgEnum("mood")]
    public enum Mood { Calm, [PgName("in a hurry")] Hurried }

    [PgComposite("address")]
    public sealed record Place(string Street, string? City);

    [PgRow]
    public sealed record Visit(long Id, Mood Mood, Place? Place, PgRange<DateOnly> Stay, string[] Tags, PgInterval Every);
    // end

    public sealed record Price(string Symbol, decimal Value);

    // snippet: order
    public sealed record Order(long Id, decimal Total, string? Note);
    // end

    public sealed record Address(string Street, string City);

    [JsonSerializable(typeof(Address))]
    internal sealed partial class ShopJson : JsonSerializerContext;
}
