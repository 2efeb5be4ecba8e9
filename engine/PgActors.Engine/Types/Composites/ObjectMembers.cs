using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using PgActors.Rows.Mapping;

namespace PgActors.Types;

/// <summary>Finds the properties that are written as the columns of a composite, by the rule by which rows are read.</summary>
internal static class ObjectMembers
{
    /// <exception cref="ArgumentException">There is no property for a column.</exception>
    internal static List<MemberInfo[]> Find([DynamicallyAccessedMembers(ObjectPlanner.Needs)] Type type, in TypeContext context)
    {
        var properties = type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
            .ToArray();
        var named = properties.ToDictionary(property => property.Name, property => NameOf(type, property));
        var found = new List<MemberInfo[]>();
        foreach (var attribute in context.Description!.Attributes)
        {
            var property = properties.FirstOrDefault(property => named[property.Name] == attribute.Name)
                ?? properties.FirstOrDefault(property => named[property.Name] is null
                    && ObjectPlanner.Normalize(property.Name) == ObjectPlanner.Normalize(attribute.Name))
                ?? throw new ArgumentException(
                    $"The type {context.Registry.NameOf(context.Oid)} has a column \"{attribute.Name}\", and {ClrTypeName.Of(type)} no "
                    + "property of that name. Add one, or say with [PgColumn(\"…\")] which one it is.");
            found.Add([property]);
        }

        return found;
    }

    private static string? NameOf([DynamicallyAccessedMembers(ObjectPlanner.Needs)] Type type, PropertyInfo property)
        => property.GetCustomAttribute<PgColumnAttribute>()?.Name
            ?? type.GetConstructors()
                .SelectMany(constructor => constructor.GetParameters())
                .FirstOrDefault(parameter => parameter.Name == property.Name && parameter.IsDefined(typeof(PgColumnAttribute)))
                ?.GetCustomAttribute<PgColumnAttribute>()?.Name;
}
