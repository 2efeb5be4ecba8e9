using PgActors.Generators.Symbols;

namespace PgActors.Generators.Rows;

/// <summary>A public constructor.</summary>
/// <param name="Parameters">Its parameters.</param>
/// <param name="SetsRequiredMembers">Whether it sets all required members.</param>
/// <param name="NeedsAccessor">Whether <c>new</c> would ask for required members, which are set afterwards.</param>
internal sealed record ConstructorModel(EquatableArray<MemberModel> Parameters, bool SetsRequiredMembers, bool NeedsAccessor);
