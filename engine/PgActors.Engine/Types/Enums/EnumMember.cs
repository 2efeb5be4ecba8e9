using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace PgActors.Types;

/// <summary>A member of a .NET enum that stands for a label of a PostgreSQL enum.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Label">The label, where <see cref="PgNameAttribute"/> says it.</param>
/// <typeparam name="TEnum">The .NET enum.</typeparam>
public readonly record struct EnumMember<TEnum>(string Name, TEnum Value, string? Label = null)
    where TEnum : struct, Enum;

/// <summary>Members by reflection, where nothing was generated.</summary>
internal static class EnumMember
{
    internal static EnumMember<TEnum>[] Reflect<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] TEnum>()
        where TEnum : struct, Enum
        => Array.ConvertAll(
            typeof(TEnum).GetFields(BindingFlags.Public | BindingFlags.Static),
            field => new EnumMember<TEnum>(field.Name, (TEnum)field.GetValue(null)!, field.GetCustomAttribute<PgNameAttribute>()?.Name));
}
