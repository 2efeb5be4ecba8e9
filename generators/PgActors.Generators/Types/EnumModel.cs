using PgActors.Generators.Symbols;

namespace PgActors.Generators.Types;

/// <summary>All that the code for one enum is written from, compared by value.</summary>
/// <param name="TypeName">The enum as code names it.</param>
/// <param name="FileName">The name of the file to write.</param>
/// <param name="PostgresType">The name of the PostgreSQL type.</param>
/// <param name="Members">Its members.</param>
internal sealed record EnumModel(string TypeName, string FileName, string PostgresType, EquatableArray<LabelledMember> Members);
