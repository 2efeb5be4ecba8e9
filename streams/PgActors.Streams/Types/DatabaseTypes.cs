using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using PgActors.Requests;
using PgActors.Rows;
using PgActors.Rows.Mapping;
using PgActors.Runtime;
using PgActors.Statements;

namespace PgActors.Types;

/// <summary>
/// The types of one database as all its sessions know them. What is missing is looked up when it is first met, once however many ask, and
/// again when it turns out to have changed.
/// </summary>
/// <remarks>Safe for all threads.</remarks>
internal sealed class DatabaseTypes(PgTypeRegistry types, bool looksUp, Dispatcher dispatcher)
{
    // What is being looked up right now, each by one of those who miss it; the others wait for that one.
    private readonly ConcurrentDictionary<TypeWish, Task> _running = new();

    // Replaced as a whole; whoever adds to it starts from what is there when it does.
    private PgTypeRegistry _current = types;

    /// <summary>The registry with all that is known now.</summary>
    public PgTypeRegistry Current => Volatile.Read(in _current);

    /// <summary>Whether missing types are looked up.</summary>
    public bool LooksUp => looksUp;

    /// <summary>Runs a look-up; set once, before the first.</summary>
    public Func<CatalogRequest, PgCommand, ValueTask<IReadOnlyList<PgTypeDescription>>> Run { private get; set; } = null!;

    /// <summary>Hears of what was learned.</summary>
    public Action<PgTypeRegistry, IReadOnlyList<PgTypeDescription>> Learned { private get; init; } = static (_, _) => { };

    /// <summary>Looks types up. What the database does not have stays unknown.</summary>
    /// <exception cref="PgException">The database could not be asked.</exception>
    public async Task LearnAsync(IReadOnlyCollection<TypeWish> wishes)
    {
        var mine = new ScheduledCompletion<bool>(dispatcher);
        var own = new List<TypeWish>();
        var others = new List<Task>();
        foreach (var wish in wishes)
        {
            var task = _running.GetOrAdd(wish, mine.Task);
            if (task == mine.Task)
                own.Add(wish);
            else
                others.Add(task);
        }

        if (own.Count > 0)
            await LookUpAsync(own, mine).ConfigureAwait(false);
        await Task.WhenAll(others).ConfigureAwait(false);
    }

    /// <summary>Gets everything ready to read the rows of a result as <typeparamref name="T"/>.</summary>
    /// <param name="layout">The columns.</param>
    /// <param name="rows">Rows; the first is tried, since records say only in themselves what they are made of.</param>
    /// <exception cref="PgException">The database could not be asked.</exception>
    public async Task PrepareAsync<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(RowLayout layout, RowBatch rows)
    {
        var asked = new HashSet<uint>();
        while (true)
        {
            var missing = MissingIn(layout, asked);
            if (missing.Count == 0 && Try<T>(layout, rows) is var outdated and not 0 && asked.Add(outdated))
                missing.Add(new TypeWish(outdated, null));
            if (missing.Count == 0)
                return;
            await LearnAsync(missing).ConfigureAwait(false);
        }
    }

    /// <summary>Whether <see cref="PrepareAsync"/> has something to do.</summary>
    public bool MustPrepare<T>(RowLayout layout)
        => looksUp && layout.DependsOnCatalog && !(layout.ReaderCache is RowMapper<T> kept && kept.Registry == Current);

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

    private async Task LookUpAsync(List<TypeWish> wishes, ScheduledCompletion<bool> done)
    {
        try
        {
            var buffer = ParameterBuffer.Rent();
            CatalogQuery.WriteParameters(
                buffer.Writer,
                [.. wishes.Where(wish => wish.Name is null).Select(wish => wish.Oid)],
                [.. wishes.Where(wish => wish.Name is not null).Select(wish => wish.Name!)]);
            buffer.Count = CatalogQuery.ParameterTypes.Length;
            var found = await Run(new CatalogRequest(), new PgCommand(CatalogRequest.Sql, buffer)).ConfigureAwait(false);
            Change(catalog => catalog.Without(wishes.Where(wish => wish.Name is null).Select(wish => wish.Oid)).With(found));
            Learned(Current, found);
            Finish(wishes);
            done.TrySetResult(true);
        }
        catch (Exception failed)
        {
            Finish(wishes);
            done.TrySetException(failed);
        }

        await done.Task.ConfigureAwait(false);
    }

    private void Finish(List<TypeWish> wishes)
    {
        foreach (var wish in wishes)
            _running.TryRemove(wish, out _);
    }

    private void Forget(IReadOnlyList<uint> oids)
    {
        // A catalogue that was given for good stays as it is.
        if (looksUp && oids.Any(oid => Current.Catalog.Find(oid) is not null))
            Change(catalog => catalog.Without(oids));
    }

    private void Change(Func<PgCatalog, PgCatalog> change)
    {
        PgTypeRegistry before;
        do
            before = Current;
        while (Interlocked.CompareExchange(ref _current, before.With(change(before.Catalog)), before) != before);
    }

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
