namespace PgActors.Types;

/// <summary>The built-in types, one family after the other. A new type is a new codec and a line in the list of its family.</summary>
internal static class BuiltInTypes
{
    internal static PgTypeMapping[] All { get; } =
    [
        .. PlainTypes.All,
        .. NumberTypes.All,
        .. StringTypes.All,
        .. DateTimeTypes.All,
        .. JsonTypes.All,
        .. NetworkTypes.All,
        .. GeometryTypes.All,
        .. BitStringTypes.All,
        .. SearchTypes.All,
        .. SystemTypes.All,
        .. ExtensionTypes.All,
    ];
}
