using PgActors.Sessions;
using PgActors.Testing;

namespace PgActors.Integration.Tests.Security;

/// <summary>Users and passwords that change while sessions come and go.</summary>
public sealed class CredentialSourceTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pair_that_rotates_is_the_one_of_each_new_connection()
    {
        var server = await servers.GetAsync();
        string[] users = [await MakeAsync(server, "first"), await MakeAsync(server, "second")];
        var current = new PgCredentials(users[0], "secret 0");
        var asked = 0;
        await using var db = await OpenAsync(server, _ =>
        {
            Interlocked.Increment(ref asked);
            return new(Volatile.Read(ref current));
        });

        for (var round = 1; round <= 6; round++)
        {
            var user = users[round % 2];
            await server.QueryAsync($"ALTER ROLE {user} PASSWORD 'secret {round}'", cancellationToken: Token);
            Volatile.Write(ref current, new PgCredentials(user, $"secret {round}"));
            await server.QueryAsync(
                $"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE usename IN ('{users[0]}', '{users[1]}')",
                cancellationToken: Token);
            await using var lease = await db.LeaseAsync(Token);
            Assert.Equal(user, await lease.QuerySingleAsync<string>("select current_user::text", Token));
        }

        Assert.True(asked >= 7, $"asked {asked} times");
    }

    [Fact]
    public async Task Two_hundred_rotations_under_callers_fail_no_login()
    {
        const int Rotations = 200;
        const int Callers = 2;
        var server = await servers.GetAsync();
        string[] users = [await MakeAsync(server, "odd"), await MakeAsync(server, "even")];
        var current = new PgCredentials(users[0], "secret 0");
        var options = PgConnectionOptions.Parse(server.ConnectionUri(parameters: "shared_sessions=1&sslmode=disable")) with
        {
            MaxLeasedSessions = Callers,

            // Hardly longer than one use: nearly each lease is a login.
            LeaseLifetime = TimeSpan.FromMilliseconds(1),
        };
        await using var admin = await servers.OpenAsync("shared_sessions=1");
        var rotate = Tables.NewName("rotate");
        await admin.ExecuteAsync(
            $"create function {rotate}(member text, secret text) returns void language plpgsql as "
            + $"$$ begin execute format('alter role %I password %L', member, secret); end $$",
            Token);
        await using var db = await PgDatabase.ConnectAsync(
            options, new PgDatabaseSettings { Credentials = _ => new(Volatile.Read(ref current)) }, Token);
        var processes = new HashSet<int>();
        var logins = 0;
        var isOver = false;

        async Task CallAsync(SemaphoreSlim hadOne)
        {
            while (!Volatile.Read(ref isOver))
            {
                await using (var lease = await db.LeaseAsync(Token))
                {
                    var process = await lease.QuerySingleAsync<int>("select pg_backend_pid()", Token);
                    lock (processes)
                    {
                        processes.Add(process);
                        logins++;
                    }
                }

                hadOne.Release();
            }
        }

        // A login may meet one change, between its asking and the server's checking, and then asks again; it is not made to meet two.
        var turns = Enumerable.Range(0, Callers).Select(_ => new SemaphoreSlim(0)).ToArray();
        var callers = turns.Select(turn => Task.Run(() => CallAsync(turn))).ToArray();
        for (var round = 1; round <= Rotations; round++)
        {
            var user = users[round % 2];
            await admin.ExecuteAsync($"select {rotate}({user}, {$"secret {round}"})", Token);
            Volatile.Write(ref current, new PgCredentials(user, $"secret {round}"));
            foreach (var turn in turns)
            {
                while (turn.Wait(0, Token))
                {
                }

                await Task.WhenAny(turn.WaitAsync(Token), Task.WhenAll(callers));
            }
        }

        Volatile.Write(ref isOver, true);
        await Task.WhenAll(callers);

        Assert.True(logins >= Rotations, $"{logins} logins");
        Assert.True(processes.Count >= Rotations / 2, $"{processes.Count} sessions");
    }

    [Fact]
    public async Task Password_that_has_just_been_changed_is_asked_for_again()
    {
        var server = await servers.GetAsync();
        var user = await MakeAsync(server, "changed");
        var asked = 0;
        await using var db = await OpenAsync(server, _ => new(new PgCredentials(user, asked++ == 0 ? "old" : "secret 0")));

        Assert.Equal(user, await db.QuerySingleAsync<string>("select current_user::text", Token));
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Wrong_password_is_asked_for_once_more_and_then_told_without_it()
    {
        var server = await servers.GetAsync();
        var user = await MakeAsync(server, "wrong");
        var asked = 0;
        var failure = await Assert.ThrowsAsync<PgConnectionException>(() => OpenAsync(server, _ =>
        {
            asked++;
            return new(new PgCredentials(user, "Wr0ng"));
        }));

        Assert.Equal((SessionFailureKind.ServerRefused, SqlStates.InvalidPassword, 2), (failure.Kind, failure.SqlState, asked));
        Assert.DoesNotContain("Wr0ng", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_that_fails_is_told_as_what_keeps_the_database_closed()
    {
        var server = await servers.GetAsync();

        var failure = await Assert.ThrowsAsync<PgConnectionException>(
            () => OpenAsync(server, _ => throw new InvalidOperationException("the vault is locked")));

        Assert.Contains("No credentials for 127.0.0.1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("the vault is locked", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<string> MakeAsync(PostgresServer server, string name)
    {
        var role = $"{name}_{Guid.NewGuid():n}";
        await server.QueryAsync(
            $"CREATE ROLE {role} LOGIN PASSWORD 'secret 0' IN ROLE {TestServers.PasswordGroup}", cancellationToken: Token);
        return role;
    }

    private static Task<PgDatabase> OpenAsync(PostgresServer server, Func<CancellationToken, ValueTask<PgCredentials>> ask) =>
        PgDatabase.ConnectAsync(
            PgConnectionOptions.Parse(server.ConnectionUri(parameters: "shared_sessions=1&sslmode=disable")),
            new PgDatabaseSettings { Credentials = ask },
            Token);
}
