using System.CommandLine;
using HighConcurrencyService;
using HighConcurrencyService.Load;
using PgActors;

var connection = new Argument<string?>("connection")
{
    Description = "The server, as postgres://user:password@host:port/database or in libpq's keyword=value form; the tables 'orders' and "
        + "'customers' are made there. Without it, a PostgreSQL server of its own is started and stopped again.",
    Arity = ArgumentArity.ZeroOrOne,
};
var port = new Option<int>("--port") { Description = "Where to listen, on the loopback.", DefaultValueFactory = _ => 5080 };
var load = new Option<bool>("--load")
{
    Description = "Calls itself for some seconds, prints what came of it, and ends; with exit code 1 if a call failed.",
};
var callers = new Option<int>("--callers") { Description = "Concurrent callers of --load.", DefaultValueFactory = _ => 256 };
var seconds = new Option<int>("--seconds") { Description = "How long --load lasts.", DefaultValueFactory = _ => 5 };

var command = new RootCommand("An order service on one PgActors database: many callers, few sessions.")
{
    connection, port, load, callers, seconds,
};
command.SetAction(async (arguments, cancellationToken) =>
{
    await using var target = await Target.FindAsync(arguments.GetValue(connection), cancellationToken);
    await using var db = await PgDatabase.ConnectAsync(target.Connection, cancellationToken);
    var isLoad = arguments.GetValue(load);
    await using var service = await OrderService.StartAsync(
        db, $"http://127.0.0.1:{(isLoad ? 0 : arguments.GetValue(port))}", cancellationToken);
    var address = service.Urls.First();
    if (!isLoad)
    {
        Console.WriteLine($"Listening on {address}; try  curl {address}/health  and, beside it,  curl -N {address}/orders/live");
        await service.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    var concurrent = arguments.GetValue(callers);
    Console.WriteLine($"{concurrent} callers for {arguments.GetValue(seconds)} s ...");
    using var client = new HttpClient { BaseAddress = new Uri(address) };
    var results = await new LoadDriver(client, concurrent, TimeSpan.FromSeconds(arguments.GetValue(seconds))).RunAsync(cancellationToken);
    Console.WriteLine(LoadResult.Header);
    foreach (var result in results)
        Console.WriteLine(result);
    Console.WriteLine($"PostgreSQL sessions: {db.SessionCount}, for {concurrent} callers.");
    await service.StopAsync(cancellationToken);
    return results.All(result => result.Failures == 0) ? 0 : 1;
});
return await command.Parse(args).InvokeAsync();
