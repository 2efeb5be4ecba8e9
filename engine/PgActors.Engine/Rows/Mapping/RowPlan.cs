using PgActors.Types;

namespace PgActors.Rows.Mapping;

/// <summary>How a generated mapper reads the rows of one layout. Its members are numbered: first the parameters of each constructor of the
/// <see cref="RowShape"/> in turn, then the properties. Immutable.</summary>
public sealed class RowPlan
{
    private readonly ColumnReader[] _columns;
    private readonly int[] _members;

    internal RowPlan(RowShape shape, ObjectPlanner planner, ColumnReader[] columns, RowLayout layout, PgTypeRegistry registry)
    {
        Layout = layout;
        Registry = registry;
        Constructor = planner.Constructor;
        _columns = columns;
        _members = new int[columns.Length];
        var first = 0;
        for (var i = 0; i < Constructor; i++)
            first += shape.Constructors[i].Parameters.Length;
        Number(planner.ArgumentColumns, first);
        Number(planner.PropertyColumns, shape.Constructors.Sum(c => c.Parameters.Length));
    }

    /// <summary>The constructor to call, as the shape counts them; -1 for a struct that is zeroed.</summary>
    public int Constructor { get; }

    internal RowLayout Layout { get; }

    internal PgTypeRegistry Registry { get; }

    /// <summary>The member that each column goes to, in the order of the wire.</summary>
    public int[] CopyMembers() => [.. _members];

    /// <summary>What reads the column of a member.</summary>
    /// <param name="member">Its number.</param>
    /// <typeparam name="TColumn">The member's type, as the shape has it.</typeparam>
    /// <returns><see langword="null"/> if no column goes to it.</returns>
    public ColumnReader<TColumn>? Reader<TColumn>(int member)
    {
        var column = Array.IndexOf(_members, member);
        return column < 0 ? null : (ColumnReader<TColumn>)_columns[column];
    }

    private void Number(int[] columns, int first)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] >= 0)
                _members[columns[i]] = first + i;
        }
    }
}
