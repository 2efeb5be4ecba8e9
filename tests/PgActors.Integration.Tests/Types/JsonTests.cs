using System.Text.Json;
using System.Text.Json.Serialization;
using PgActors.Types;

namespace PgActors.Integration.Tests.Types;

public sealed partial class JsonTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(18)]
    [InlineData(15)]
    public async Task Json_is_read_as_text_document_element_and_type(int major)
    {
        await using var db = await OpenAsync(major);
        const string Text = """{"name": "Ünal", "sizes": [1, 2]}""";

        foreach (var type in new[] { "json", "jsonb" })
        {
            var literal = $"select '{Text}'::" + type;
            Assert.Equal(Text, await db.QuerySingleAsync<string>(literal, Token));
            using var document = await db.QuerySingleAsync<JsonDocument>(literal, Token);
            Assert.Equal("Ünal", document.RootElement.GetProperty("name").GetString());
            Assert.Equal(2, (await db.QuerySingleAsync<JsonElement>(literal, Token)).GetProperty("sizes").GetArrayLength());
            var shirt = await db.QuerySingleAsync<Shirt>(literal, Token);
            Assert.Equal(("Ünal", "1,2"), (shirt.Name, string.Join(',', shirt.Sizes)));
            Assert.Null(await db.QuerySingleAsync<string?>("select null::" + type, Token));
            Assert.Null(await db.QuerySingleAsync<Shirt?>("select null::" + type, Token));
            Assert.Equal(new[] { "1", null }, await db.QuerySingleAsync<string?[]>("select array['1', null]::" + type + "[]", Token));
        }
    }

    [Theory]
    [InlineData(18)]
    [InlineData(15)]
    public async Task Json_is_written_as_jsonb_and_from_text_by_a_cast(int major)
    {
        await using var db = await OpenAsync(major);
        var shirt = new Shirt("it's", [3]);
        using var document = JsonDocument.Parse("""{"a": null}""");

        Assert.Equal(
            ("jsonb", """{"name": "it's", "sizes": [3]}"""),
            await db.QuerySingleAsync<(string, string)>($"select pg_typeof({shirt})::text, {shirt}::text", Token));
        Assert.Equal(
            ("jsonb", """{"a": null}"""),
            await db.QuerySingleAsync<(string, string)>($"select pg_typeof({document})::text, {document}::text", Token));
        Assert.Equal("""{"b": 1}""", await db.QuerySingleAsync<string>($"select {"""{"b":1}"""}::jsonb", Token));
        Assert.Equal("""{"b":1}""", await db.QuerySingleAsync<string>($"select {"""{"b":1}"""}::json", Token));
        Assert.True(await db.QuerySingleAsync<bool>($"select {(Shirt?)null} is null", Token));
    }

    private Task<PgDatabase> OpenAsync(int major) => servers.OpenAsync(
        major,
        "shared_sessions=1",
        new PgDatabaseSettings { Types = PgTypeRegistry.Default.With(PgTypeMapping.Json(Shirts.Default.Shirt)) });

    public sealed record Shirt(string Name, int[] Sizes);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Shirt))]
    private sealed partial class Shirts : JsonSerializerContext;
}
