using PgActors.Protocol;
using PgActors.Types;

namespace PgActors.Rows.Mapping;

/// <summary>One column and the place that its value goes to. Everything that an error message needs is gathered here once.</summary>
/// <param name="Index">The column, counted from 0.</param>
/// <param name="Name">The column's name.</param>
/// <param name="TypeOid">The column's type.</param>
/// <param name="Registry">The types, for the name of that one.</param>
/// <param name="Format">How the column is sent.</param>
/// <param name="ClrType">What it becomes.</param>
/// <param name="Place">The member that takes it, such as <c>Order.Total</c>; <see langword="null"/> if it is the whole value.</param>
/// <param name="AllowsNull">Whether the place takes NULL.</param>
/// <param name="Owner">The composite type whose column it is; <see langword="null"/> if it is a row's.</param>
internal sealed record ColumnTarget(
    int Index, string Name, uint TypeOid, PgTypeRegistry Registry, DataFormat Format, Type ClrType, string? Place, bool AllowsNull,
    string? Owner = null)
{
    /// <summary>The type's name.</summary>
    internal string SqlType => Registry.NameOf(TypeOid);
}
