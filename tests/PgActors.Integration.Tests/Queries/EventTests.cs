using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;

namespace PgActors.Integration.Tests.Queries;

public sealed class EventTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Notices_arrive_as_events_with_all_their_fields()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var notice = db.Events.OfType<PgNoticeEvent>().FirstAsync(happened => happened.Notice.Message == "mind the gap").ToTask(Token);

        await db.ExecuteAsync(
            "do $$ begin raise warning 'mind the gap' using detail = 'a gap', hint = 'mind it', errcode = '01234'; end $$", Token);

        var (session, heard) = await notice;
        Assert.Equal("shared-1", session);
        Assert.Equal(("WARNING", "01234", "a gap", "mind it"), (heard.Severity, heard.SqlState, heard.Detail, heard.Hint));
        Assert.Equal(1, await db.QuerySingleAsync<int>("select 1", Token));
    }

    [Fact]
    public async Task Flood_of_notices_holds_nothing_up()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var last = db.Events.OfType<PgNoticeEvent>().FirstAsync(happened => happened.Notice.Message == "flood over").ToTask(Token);

        await db.ExecuteAsync("do $$ begin for n in 1..20000 loop raise notice 'drop %', n; end loop; end $$", Token);
        await db.ExecuteAsync("do $$ begin raise notice 'flood over'; end $$", Token);

        // Events may be dropped on the way, and are then counted; what comes after the flood comes.
        await last;
    }

    [Fact]
    public async Task Changed_settings_arrive_as_events()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        Assert.True(db.Parameters.TryGet("server_version", out var version));
        Assert.StartsWith("18.", version, StringComparison.Ordinal);
        var changed = db.Events.OfType<PgParameterEvent>().FirstAsync(happened => happened.Name == "application_name").ToTask(Token);

        await db.ExecuteAsync("do $$ begin perform set_config('application_name', 'renamed', false); end $$", Token);

        Assert.Equal(("shared-1", "renamed"), ((await changed).Session, (await changed).Value));

        // A shared session does not keep it.
        Assert.Equal(2, await db.QuerySingleAsync<int>("select 2", Token));
        Assert.True(db.Parameters.TryGet("application_name", out var now));
        Assert.NotEqual("renamed", now);
    }

    [Fact]
    public async Task Observer_that_throws_harms_nobody()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        using var bad = db.Events.Subscribe(_ => throw new InvalidOperationException("an observer's own fault"));
        var notice = db.Events.OfType<PgNoticeEvent>().FirstAsync(happened => happened.Notice.Message == "still here").ToTask(Token);

        await db.ExecuteAsync("do $$ begin raise notice 'still here'; end $$", Token);

        await notice;
        Assert.Equal(1, await db.QuerySingleAsync<int>("select 1", Token));
    }

    [Fact]
    public async Task Warnings_about_the_options_are_told_to_each_observer_first()
    {
        var server = await servers.GetAsync();
        var sources = ConnectionSources.None with { ReadFile = _ => new FileText("*:*:*:*:secret", IsPrivate: false) };
        var options = PgConnectionOptions.Parse(server.ConnectionUri(parameters: "passfile=/somewhere/.pgpass"), sources);
        await using var db = await PgDatabase.ConnectAsync(options, cancellationToken: Token);

        for (var i = 0; i < 2; i++)
        {
            var warning = Assert.IsType<PgWarningEvent>(await db.Events.FirstAsync().ToTask(Token));
            Assert.Equal(Assert.Single(options.Warnings), warning.Message);
        }
    }

    [Fact]
    public async Task Disposed_database_completes_its_events()
    {
        var db = await servers.OpenAsync("shared_sessions=1");
        var end = db.Events.LastOrDefaultAsync().ToTask(Token);

        await db.DisposeAsync();

        await end;
    }
}
