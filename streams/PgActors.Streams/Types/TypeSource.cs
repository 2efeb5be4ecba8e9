using System.Diagnostics.CodeAnalysis;
using PgActors.Rows;
using PgActors.Rows.Mapping;
using PgActors.Statements;

namespace PgActors.Types;

/// <summary>
/// Where the types come from that parameters and columns are read and written with. What is missing is looked up when it is first met, and
/// again when it turns out to have changed.
/// </summary>
/// <remarks>Safe for all threads.</remarks>
internal abstract class TypeSource
{
    /// <summary>The registry with all that is known now.</summary>
    public abstract PgTypeRegistry Current { get; }

    /// <summary>Whether missing types are looked up.</summary>
    public abstract bool LooksUp { get; }

    /// <summary>Whether a statement that may return values has to wait for <see cref="ReviewAsync"/>. Not where statements must keep the order of
    /// their calls.</summary>
    public virtual bool IsReviewDue => false;

    /// <summary>The clock.</summary>
    public abstract TimeProvider Time { get; }

    /// <summary>Has the types of the database looked over for those whose binary form nobody here would understand. Does not fail, and is waited
    /// for no longer than makes sense: without it statements are run more warily.</summary>
    public virtual Task ReviewAsync(TimeSpan? timeout, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Looks types up. What the database does not have stays unknown.</summary>
    /// <exception cref="PgException">The database could not be asked.</exception>
    public abstract Task LearnAsync(IReadOnlyCollection<TypeWish> wishes);

    /// <summary>Gets everything ready to read the rows of a result as <typeparamref name="T"/>.</summary>
    /// <param name="layout">The columns.</param>
    /// <param name="rows">Rows; the first is tried, since records say only in themselves what they are made of.</param>
    /// <returns>How the rows have to be translated before they are read; <see langword="null"/> if they are read as they are.</returns>
    /// <exception cref="PgException">The database could not be asked.</exception>
    public async Task<RowTranslation?> PrepareAsync<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(RowLayout layout, RowBatch rows)
    {
        var asked = new HashSet<uint>();
        while (true)
        {
            var missing = MissingIn(layout, asked);
            if (missing.Count == 0 && Try<T>(layout, rows) is var outdated and not 0 && asked.Add(outdated))
                missing.Add(new TypeWish(outdated, null));
            if (missing.Count == 0)
                return CanRead<T>(layout) ? null : RowTranslation.Of(layout, Current, PrintAsync);
            await LearnAsync(missing).ConfigureAwait(false);
        }
    }

    /// <summary>Whether <see cref="PrepareAsync"/> has something to do.</summary>
    public bool MustPrepare<T>(RowLayout layout)
        => LooksUp && layout.DependsOnCatalog && !(layout.ReaderCache is RowMapper<T> kept && kept.Registry == Current.In(layout.Style));

    /// <summary>Notes what a failure to read says of a type; for an exception filter, which lets it pass.</summary>
    public bool Note(PgMappingException failure)
    {
        if (failure.OutdatedType != 0)
            Forget([failure.OutdatedType]);
        return false;
    }

    /// <summary>Notes what a server's error says where the parameters are not known any more; for an exception filter, which lets it
    /// pass.</summary>
    public bool Note(PgServerException failure)
    {
        Note(failure.Error, [.. Current.Catalog.Types.Select(type => type.Oid)]);
        return false;
    }

    /// <summary>Notes what a server's error says of the types of the parameters: one that is gone is forgotten, and looked up by its name
    /// when it is next met.</summary>
    public void Note(PgError? error, ReadOnlySpan<uint> parameterTypes)
    {
        if (error?.SqlState is not (SqlStates.UndefinedObject or SqlStates.InternalError or SqlStates.DatatypeMismatch
            or SqlStates.InvalidTextRepresentation or SqlStates.InvalidBinaryRepresentation or SqlStates.FeatureNotSupported))
            return;
        var suspects = new List<uint>();
        foreach (var type in parameterTypes)
        {
            if (!PgTypeRegistry.IsFixed(type))
                suspects.Add(type);
        }

        if (suspects.Count > 0)
            Forget(suspects);
    }

    /// <summary>Runs a statement of a <see cref="RowTranslation"/>.</summary>
    public abstract ValueTask<string[]> PrintAsync(PgCommand command);

    /// <summary>Forgets types, unless they were given for good.</summary>
    public abstract void Forget(IReadOnlyList<uint> oids);

    private List<TypeWish> MissingIn(RowLayout layout, HashSet<uint> asked)
    {
        var missing = new List<TypeWish>();
        foreach (ref readonly var column in layout.Columns)
        {
            if (Current.IsUnknown(column.TypeOid) && asked.Add(column.TypeOid))
                missing.Add(new TypeWish(column.TypeOid, null));
        }

        return missing;
    }

    private bool CanRead<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(RowLayout layout)
    {
        try
        {
            RowMapperFactory.GetOrCreate<T>(layout, Current);
            return true;
        }
        catch (PgMappingException failed) when (failed.Kind == PgMappingErrorKind.Shape)
        {
            return false;
        }
    }

    /// <summary>Reads a row, and leaves the mapper where the real reading finds it.</summary>
    /// <returns>A type that stood in the way because it is not known as it is; 0 if none did.</returns>
    private uint Try<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(RowLayout layout, RowBatch rows)
    {
        try
        {
            var position = 0;
            if (rows.TryReadRow(ref position, out var row))
                RowMapperFactory.GetOrCreate<T>(layout, Current).Read(row);
            return 0;
        }
        catch (PgMappingException failed)
        {
            return failed.OutdatedType;
        }
    }
}
