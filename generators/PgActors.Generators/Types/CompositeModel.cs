using PgActors.Generators.Rows;
using PgActors.Generators.Symbols;

namespace PgActors.Generators.Types;

/// <summary>All that the code for one composite is written from, compared by value.</summary>
/// <param name="Row">How it is read.</param>
/// <param name="PostgresType">The name of the PostgreSQL type.</param>
/// <param name="IsRowToo">Whether its reader is written because of <c>[PgRow]</c> already.</param>
/// <param name="Properties">What is written.</param>
internal sealed record CompositeModel(
    RowModel Row, string PostgresType, bool IsRowToo, EquatableArray<WrittenProperty> Properties);
