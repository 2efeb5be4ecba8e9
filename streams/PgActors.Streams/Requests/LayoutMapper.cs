using System.Diagnostics.CodeAnalysis;
using PgActors.Rows;
using PgActors.Rows.Mapping;
using PgActors.Types;

namespace PgActors.Requests;

/// <summary>Finds the mapper for a layout, kept beside the layout: one look per result, none per row.</summary>
internal static class LayoutMapper
{
    public static RowMapper<T> Find<[DynamicallyAccessedMembers(RowMapperFactory.Members)] T>(RowLayout layout, PgTypeRegistry types)
    {
        if (layout.ReaderCache is RowMapper<T> known)
            return known;
        var made = RowMapperFactory.Create<T>(layout, types);
        layout.ReaderCache = made;
        return made;
    }
}
