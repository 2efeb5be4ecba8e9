namespace PgActors.Rows.Mapping;

/// <summary>A public constructor that rows can be made with. Immutable.</summary>
public sealed class RowConstructor
{
    /// <summary>Describes a constructor.</summary>
    /// <param name="parameters">Its parameters; the array is kept and must not change.</param>
    /// <param name="setsRequiredMembers">Whether it sets what is declared <c>required</c>, so that no column has to.</param>
    public RowConstructor(RowMember[] parameters, bool setsRequiredMembers = false)
    {
        Parameters = parameters;
        SetsRequiredMembers = setsRequiredMembers;
    }

    internal RowMember[] Parameters { get; }

    internal bool SetsRequiredMembers { get; }
}
