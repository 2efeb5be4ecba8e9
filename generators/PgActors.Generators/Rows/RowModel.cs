using PgActors.Generators.Symbols;

namespace PgActors.Generators.Rows;

/// <summary>All that the code for one type is written from. Compared by value, so that nothing is written again for an edit
/// elsewhere.</summary>
/// <param name="TypeName">The type as code names it.</param>
/// <param name="FileName">The name of the file to write.</param>
/// <param name="IsStruct">Whether it is a struct.</param>
/// <param name="Constructors">Its public constructors, those with more parameters first.</param>
/// <param name="Properties">Its settable properties.</param>
internal sealed record RowModel(
    string TypeName, string FileName, bool IsStruct, EquatableArray<ConstructorModel> Constructors, EquatableArray<MemberModel> Properties);
