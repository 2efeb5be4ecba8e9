using PgActors;

namespace HighConcurrencyService.Orders;

/// <summary>All that the service asks of its database. Every call may run at the same time as every other: they share a few sessions.</summary>
internal sealed class OrderStore(PgDatabase db)
{
    public async Task CreateTablesAsync(CancellationToken cancellationToken)
    {
        var batch = db.CreateBatch(BatchMode.Atomic);
        batch.Execute(
            "create table if not exists orders (id bigint generated always as identity primary key, customer int not null, "
            + "total numeric not null, placed timestamptz not null default now())");
        batch.Execute("create index if not exists orders_customer on orders (customer, id desc)");
        batch.Execute("create table if not exists customers (id int primary key, orders bigint not null, spent numeric not null)");
        await batch.RunAsync(cancellationToken);
    }

    /// <summary>Reads one: a single command on a shared session.</summary>
    public ValueTask<Order?> FindAsync(long id, CancellationToken cancellationToken) =>
        db.QuerySingleOrDefaultAsync<Order>($"select id, customer, total, placed from orders where id = {id}", cancellationToken);

    /// <summary>Places one: two statements that are one transaction, in one round trip and still on a shared session.</summary>
    public async ValueTask<long> PlaceAsync(NewOrder order, CancellationToken cancellationToken)
    {
        var batch = db.CreateBatch(BatchMode.Atomic);
        var id = batch.QuerySingle<long>($"insert into orders (customer, total) values ({order.Customer}, {order.Total}) returning id");
        batch.Execute(
            $"""
            insert into customers as c values ({order.Customer}, 1, {order.Total})
            on conflict (id) do update set orders = c.orders + 1, spent = c.spent + excluded.spent
            """);
        await batch.RunAsync(cancellationToken);
        return id.Result;
    }

    /// <summary>Searches: a row stream on a session of its own, read no faster than the caller takes it.</summary>
    public IAsyncEnumerable<Order> Search(int customer, decimal minimum) => db.Query<Order>(
        $"""
        select id, customer, total, placed from orders
        where customer = {customer} and total >= {minimum} order by id desc limit 1000
        """);

    /// <summary>Loads many, pipelined, while they still arrive. Each counts for itself.</summary>
    public ValueTask<PgBulkResult> LoadAsync(IAsyncEnumerable<NewOrder> orders, CancellationToken cancellationToken) =>
        db.TryExecuteManyAsync(
            BatchMode.Independent,
            orders,
            static (bulk, order) => bulk.Add($"insert into orders (customer, total) values ({order.Customer}, {order.Total})"),
            cancellationToken);

    public async ValueTask<long> FindLastAsync(CancellationToken cancellationToken) =>
        await db.QuerySingleAsync<long>("select coalesce(max(id), 0) from orders", cancellationToken);

    /// <summary>What was placed behind an order, at most some hundred at a time.</summary>
    public async ValueTask<IReadOnlyList<Order>> ReadBehindAsync(long id, CancellationToken cancellationToken)
    {
        var batch = db.CreateBatch(BatchMode.Independent);
        var orders = batch.Query<Order>($"select id, customer, total, placed from orders where id > {id} order by id limit 500");
        await batch.RunAsync(cancellationToken);
        return orders.Result;
    }
}
