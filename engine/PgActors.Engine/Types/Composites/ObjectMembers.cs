using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using PgActors.Rows.Mapping;

namespace PgActors.Types;

/// <summary>Finds the properties that are written as the columns of a composite, by the rule by which rows are read.</summary>
internal static class ObjectMembers
{
    /// <exception cref="ArgumentException">There is no property for a column.</exception>
    internal static List<CompositeMember<T>> Find<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(in TypeContext context)
    {
        var members = GeneratedTypes.MembersOf<T>() ?? Reflect<T>();
        var found = new List<CompositeMember<T>>();
        foreach (var attribute in context.Description!.Attributes)
        {
            var member = Array.Find(members, member => member.Column == attribute.Name)
                ?? Array.Find(members, member => member.Column is null
                    && ObjectPlanner.Normalize(member.Name) == ObjectPlanner.Normalize(attribute.Name))
                ?? throw new ArgumentException(
                    $"The type {context.Registry.NameOf(context.Oid)} has a column \"{attribute.Name}\", and {ClrTypeName.Of(typeof(T))} "
                    + "no property of that name. Add one, or say with [PgColumn(\"…\")] which one it is.");
            found.Add(member);
        }

        return found;
    }

    private static CompositeMember<T>[] Reflect<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>()
    {
        var properties = typeof(T).GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0);
        return [.. properties.Select(property => new ReflectedMember<T>(property.Name, NameOf(typeof(T), property), [property]))];
    }

    private static string? NameOf([DynamicallyAccessedMembers(ObjectPlanner.Needs)] Type type, PropertyInfo property)
        => property.GetCustomAttribute<PgColumnAttribute>()?.Name
            ?? type.GetConstructors()
                .SelectMany(constructor => constructor.GetParameters())
                .FirstOrDefault(parameter => parameter.Name == property.Name && parameter.IsDefined(typeof(PgColumnAttribute)))
                ?.GetCustomAttribute<PgColumnAttribute>()?.Name;
}
