using System.Text;
using PgActors.Protocol;
using PgActors.Testing.Values;
using PgActors.Types;

namespace PgActors.Integration.Tests.Types;

/// <summary>Random values of every type survive the way to the server and back in binary, the server's text of them is read as the same
/// value, and the server reads the text that is written as the same.</summary>
public sealed class RandomValueTests(TestServers servers)
{
    private const int Count = 300;
    private const int Seed = 19_960_708;

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (var name in RandomCases.All.Select(c => c.Name))
            {
                cases.Add(name, 18);
                cases.Add(name, 15);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Values_survive_the_server_in_both_forms(string name, int major)
        => RandomCases.Get(name).Accept(new RoundTrip(servers, major));

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Values_written_here_are_what_psql_prints(string name, int major)
    {
        PsqlProgram.SkipIfMissing();
        return RandomCases.Get(name).Accept(new Printed(servers, major));
    }

    private static T[] Values<T>(RandomCase<T> typed)
    {
        var random = new Random(Seed);
        return [.. Enumerable.Range(0, Count).Select(_ => typed.Next(random))];
    }

    private static Task<PgDatabase> OpenAsync<T>(TestServers servers, int major, RandomCase<T> typed) => servers.OpenAsync(
        major, "shared_sessions=1", new PgDatabaseSettings { Types = PgTypeRegistry.Default.With(typed.Mapping) });

    private sealed class RoundTrip(TestServers servers, int major) : IRandomCaseVisitor<Task>
    {
        public async Task Visit<T>(RandomCase<T> typed)
        {
            var token = TestContext.Current.CancellationToken;
            await using var db = await OpenAsync(servers, major, typed);
            var values = Values(typed);

            var (type, echo, texts) = await db.QuerySingleAsync<(string, T[], string[])>(
                $"""
                select (select typname from pg_type where typarray = pg_typeof({values})), {values},
                       array(select format('%s', x) from unnest({values}) x)
                """,
                token);
            Assert.Equal(values, echo);
            var written = new string[Count];
            using var writer = new WireWriter();
            for (var i = 0; i < Count; i++)
            {
                Assert.Equal(DecodeStatus.Ok, typed.Codec.ReadText(Encoding.UTF8.GetBytes(texts[i]), out var read));
                Assert.Equal(values[i], read);
                writer.Clear();
                typed.Codec.WriteText(writer, values[i]);
                written[i] = Encoding.UTF8.GetString(writer.WrittenSpan);
            }

            Assert.Equal(values, await db.QuerySingleAsync<T[]>(
                $"select array(select x::{new PgIdentifier("pg_catalog", type)} from unnest({written}) x)", token));
        }
    }

    private sealed class Printed(TestServers servers, int major) : IRandomCaseVisitor<Task>
    {
        public async Task Visit<T>(RandomCase<T> typed)
        {
            var token = TestContext.Current.CancellationToken;
            await using var db = await OpenAsync(servers, major, typed);
            var values = Values(typed);
            var table = Tables.NewName("printed");
            await db.ExecuteAsync($"create table {table} as select x, n from unnest({values}) with ordinality as t(x, n)", token);

            var texts = await PsqlProgram.PrintAsync(await servers.GetAsync(major), $"select x from {table} order by n", token);

            Assert.Equal(Count, texts.Length);
            Assert.All(texts.Zip(values), pair =>
            {
                Assert.Equal(DecodeStatus.Ok, typed.Codec.ReadText(Encoding.UTF8.GetBytes(pair.First), out var read));
                Assert.Equal(pair.Second, read);
            });
        }
    }
}
