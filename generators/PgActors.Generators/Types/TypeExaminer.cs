using System.Text;
using Microsoft.CodeAnalysis;
using PgActors.Generators.Rows;
using PgActors.Generators.Symbols;

namespace PgActors.Generators.Types;

/// <summary>Finds out how a type stands for a PostgreSQL type.</summary>
internal static class TypeExaminer
{
    // NAMEDATALEN - 1 (PostgreSQL documentation, "Enumerated Types", "Identifiers and Key Words").
    private const int MaxNameBytes = 63;

    /// <returns><see langword="null"/> if it cannot.</returns>
    internal static EnumModel? ExamineEnum(INamedTypeSymbol type, Action<Diagnostic> report)
    {
        var isUsable = true;
        void Report(DiagnosticDescriptor rule, ISymbol place, params object[] words)
        {
            isUsable = false;
            report(Diagnostic.Create(rule, place.Locations.FirstOrDefault(), words));
        }

        if (Accessibilities.FindHidden(type) is { } hidden)
            Report(RowRules.Hidden, type, TypeNames.Spoken(type), TypeNames.Spoken(hidden), Accessibilities.Spoken(hidden));
        if (Accessibilities.IsGeneric(type))
            Report(RowRules.Generic, type, TypeNames.Spoken(type));
        var name = AttributeNames.TextOf(type, AttributeNames.Enum) ?? "";
        if (!IsTypeName(name))
            Report(TypeRules.BadTypeName, type, name, TypeNames.Spoken(type));
        var fields = type.GetMembers().OfType<IFieldSymbol>().Where(field => field.IsConst).ToArray();
        var byLabel = new Dictionary<string, IFieldSymbol>();
        foreach (var field in fields)
        {
            if (AttributeNames.TextOf(field, AttributeNames.Name) is not { } label)
                continue;
            if (Encoding.UTF8.GetByteCount(label) is < 1 or > MaxNameBytes)
                Report(TypeRules.BadLabel, field, label, field.Name);
            else if (byLabel.TryGetValue(label, out var first))
                Report(TypeRules.SameLabel, field, first.Name, field.Name, label);
            else
                byLabel.Add(label, field);
        }

        var members = fields.Select(field => new LabelledMember(field.Name, AttributeNames.TextOf(field, AttributeNames.Name))).ToArray();
        return isUsable ? new(TypeNames.Qualified(type), TypeNames.FileName(type), name, new(members)) : null;
    }

    /// <summary>As <see cref="ExamineEnum"/>; what is wrong with the type as a row is told by <see cref="RowExaminer"/>.</summary>
    internal static CompositeModel? ExamineComposite(INamedTypeSymbol type, Action<Diagnostic> report)
    {
        var name = AttributeNames.TextOf(type, AttributeNames.Composite) ?? "";
        if (!IsTypeName(name))
        {
            report(Diagnostic.Create(TypeRules.BadTypeName, type.Locations.FirstOrDefault(), name, TypeNames.Spoken(type)));
            return null;
        }

        if (RowExaminer.Examine(type, static _ => { }) is not { } row)
            return null;
        var properties = PublicProperties.Of(type)
            .Where(p => p.GetMethod is { DeclaredAccessibility: Accessibility.Public } && MemberTypes.IsSpeakable(p.Type))
            .ToArray();
        foreach (var parameter in row.Constructors.Count > 0 ? row.Constructors[0].Parameters : default)
        {
            if (!properties.Any(p => RowCollisions.IsSameName(p.Name, parameter.Name)))
            {
                report(Diagnostic.Create(
                    TypeRules.NotWritten, type.Locations.FirstOrDefault(), TypeNames.Spoken(type), parameter.Name));
            }
        }

        var written = properties.Select(p => new WrittenProperty(p.Name, TypeNames.Qualified(p.Type), ColumnOf(type, p))).ToArray();
        return new(row, name, AttributeNames.Has(type, AttributeNames.Row), new(written));
    }

    /// <summary>What [PgColumn] says; on the property or on the positional record's parameter that it is made of.</summary>
    private static string? ColumnOf(INamedTypeSymbol type, IPropertySymbol property)
        => AttributeNames.TextOf(property, AttributeNames.Column)
            ?? type.InstanceConstructors
                .Where(c => c.DeclaredAccessibility == Accessibility.Public)
                .SelectMany(c => c.Parameters)
                .Where(p => p.Name == property.Name)
                .Select(p => AttributeNames.TextOf(p, AttributeNames.Column))
                .FirstOrDefault(column => column is not null);

    private static bool IsTypeName(string name)
        => name.Split('.') is { Length: 1 or 2 } parts && parts.All(part => Encoding.UTF8.GetByteCount(part) is >= 1 and <= MaxNameBytes);
}
