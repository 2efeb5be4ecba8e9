using PgActors.Rows.Mapping;

namespace PgActors.Types;

/// <summary>How records of certain columns are read.</summary>
/// <param name="Types">The columns' types.</param>
/// <param name="Mapper">Makes the object.</param>
internal sealed record RecordPlan<T>(uint[] Types, RowMapper<T> Mapper);
