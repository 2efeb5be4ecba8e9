using EveryType;
using EveryType.Families;
using PgActors;
using PgActors.Testing;

// With a connection string, there; without, on a server of its own, which is gone afterwards.
await using var own = args is [] ? await PostgresServer.StartAsync() : null;
var settings = new PgDatabaseSettings { Types = Documents.Register(PgActors.Types.PgTypeRegistry.Default) };
await using var db = await PgDatabase.ConnectAsync(PgConnectionOptions.Parse(own?.ConnectionUri() ?? args[0]), settings);

var report = new Report();
await Numbers.CheckAsync(db, report);
await Texts.CheckAsync(db, report);
await Times.CheckAsync(db, report);
await Networks.CheckAsync(db, report);
await Shapes.CheckAsync(db, report);
await Searches.CheckAsync(db, report);
await Inner.CheckAsync(db, report);
await Arrays.CheckAsync(db, report);
await Structures.CheckAsync(db, report);
await Documents.CheckAsync(db, report);
return report.Close();
