using System.Text.Json.Serialization;
using PgActors;
using PgActors.Types;

namespace EveryType.Families;

/// <summary>A column of jsonb as a class, through a context that System.Text.Json generates.</summary>
[PgRow]
internal sealed partial record Documents(int Id, Documents.Address Home, Documents.Address? Work)
{
    public static PgTypeRegistry Register(PgTypeRegistry types) => types.With(PgTypeMapping.Json(Context.Default.Address));

    public static async Task CheckAsync(PgDatabase db, Report report)
    {
        var sent = new Documents(1, new Address("Main Street", 5), null);
        report.Compare(
            sent, await db.QuerySingleAsync<Documents>($"select {sent.Id} as id, {sent.Home} as home, {sent.Work} as work"), "jsonb");
    }

    internal sealed record Address(string Street, int Number);

    [JsonSerializable(typeof(Address))]
    private sealed partial class Context : JsonSerializerContext;
}
