namespace PgActors;

/// <summary>
/// Has the reader of rows written at compile time for a class, record or struct. Rows of it then cost no reflection and no emitted code,
/// also in trimmed and ahead-of-time compiled programs; what is read, and every error, is the same with and without the attribute. The
/// type must be public or internal, as must those around it, and not generic.
/// </summary>
/// <example><code>
/// [PgRow]
/// public sealed record Order(long Id, DateTime CreatedAt, [PgColumn("total")] decimal Amount, string? Note);
///
/// var order = await db.QuerySingleAsync&lt;Order&gt;($"select id, created_at, total, note from orders where id = {id}");
/// </code></example>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class PgRowAttribute : Attribute;
