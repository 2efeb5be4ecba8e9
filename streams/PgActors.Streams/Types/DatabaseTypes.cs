using System.Collections.Concurrent;
using PgActors.Protocol;
using PgActors.Requests;
using PgActors.Runtime;
using PgActors.Sessions;
using PgActors.Statements;

namespace PgActors.Types;

/// <summary>The types of one database as all its sessions know them, each looked up once however many ask.</summary>
internal sealed class DatabaseTypes(PgTypeRegistry types, bool looksUp, ActorRuntime runtime) : TypeSource
{
    // A server that takes longer for a look at its catalogue is not well, and to be wary then costs less than to wait.
    private static readonly TimeSpan LongestReview = TimeSpan.FromSeconds(2);

    // What is being looked up right now, each by one of those who miss it; the others wait for that one.
    private ConcurrentDictionary<TypeWish, Task>? _running;

    // What is waited for under this wish is that all types were looked over.
    private static TypeWish Review => default;

    // Replaced as a whole; whoever adds to it starts from what is there when it does.
    private PgTypeRegistry _current = types;

    public override PgTypeRegistry Current => Volatile.Read(in _current);

    public override bool LooksUp => looksUp;

    private ConcurrentDictionary<TypeWish, Task> Running => LazyInitializer.EnsureInitialized(ref _running);

    /// <summary>Runs a look-up; set once, before the first.</summary>
    public Func<CatalogRequest, PgCommand, ValueTask<IReadOnlyList<PgTypeDescription>>> Run { private get; set; } = null!;

    /// <summary>Runs a statement that prints values; set once, before the first.</summary>
    public Func<PgCommand, ValueTask<string[]>> Print { private get; set; } = null!;

    /// <summary>Runs a statement that lists types; set once, before the first.</summary>
    public Func<PgCommand, ValueTask<uint[]>> List { private get; set; } = null!;

    /// <summary>In which formats results are asked for.</summary>
    public ResultFormats Formats { private get; init; } = new();

    public override TimeProvider Time => runtime.Time;

    public override bool IsReviewDue => Formats.IsReviewDue;

    /// <summary>Hears of what was learned, here or in a transaction.</summary>
    public Action<PgTypeRegistry, IReadOnlyList<PgTypeDescription>> Learned { get; init; } = static (_, _) => { };

    public override async Task LearnAsync(IReadOnlyCollection<TypeWish> wishes)
    {
        var mine = new ScheduledCompletion<bool>(runtime.Dispatcher);
        var own = new List<TypeWish>();
        var others = new List<Task>();
        foreach (var wish in wishes)
        {
            var task = Running.GetOrAdd(wish, mine.Task);
            if (task == mine.Task)
                own.Add(wish);
            else
                others.Add(task);
        }

        if (own.Count > 0)
            await LookUpAsync(own, mine).ConfigureAwait(false);
        await Task.WhenAll(others).ConfigureAwait(false);
    }

    public override ValueTask<string[]> PrintAsync(PgCommand command) => Print(command);

    // A catalogue that was given for good stays as it is.
    public override void Forget(IReadOnlyList<uint> oids)
    {
        if (looksUp && oids.Any(oid => Current.Catalog.Find(oid) is not null))
            Change(catalog => catalog.Without(oids));
    }

    public override async Task ReviewAsync(TimeSpan? timeout, CancellationToken cancellationToken) =>
        await ReviewAsync().WaitAsync(timeout < LongestReview ? timeout.Value : LongestReview, Time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    // One does it, the others wait for that.
    private async Task ReviewAsync()
    {
        var mine = new ScheduledCompletion<bool>(runtime.Dispatcher);
        var running = Running.GetOrAdd(Review, mine.Task);
        if (running != mine.Task)
        {
            await running.ConfigureAwait(false);
            return;
        }

        var created = Formats.TypesCreated;
        try
        {
            Formats.EndReview(created, await FindStrangersAsync().ConfigureAwait(false));
        }
        catch (PgServerException)
        {
            // Not quite PostgreSQL's catalogue: nobody will fare better.
            Formats.EndReview(created, TypeStrangers.None);
        }
        catch (PgException)
        {
            // The session is lost. Whoever comes next tries again, and until then is wary.
        }
        finally
        {
            Running.TryRemove(Review, out _);
            mine.TrySetResult(true);
        }
    }

    private async Task<TypeStrangers> FindStrangersAsync()
    {
        var found = await Run(new CatalogRequest(), CatalogRequest.ForBaseTypes()).ConfigureAwait(false);
        var registry = Current.With(Current.Catalog.With(found));
        var strangers = found.Where(type => type.Kind == PgTypeKind.Base && registry.FormatFor(type.Oid) == DataFormat.Text)
            .Select(type => type.Oid).ToArray();
        if (strangers.Length == 0)
            return TypeStrangers.None;
        var containers = await List(CatalogRequest.ForContainersOf(strangers)).ConfigureAwait(false);
        await LearnAsync([.. containers.Select(static oid => new TypeWish(oid, null))]).ConfigureAwait(false);
        return TypeStrangers.Known;
    }

    private async Task LookUpAsync(List<TypeWish> wishes, ScheduledCompletion<bool> done)
    {
        try
        {
            var found = await Run(new CatalogRequest(), CatalogRequest.For(wishes)).ConfigureAwait(false);
            Change(catalog => catalog.Without(TypeWish.OidsOf(wishes)).With(found));
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
            Running.TryRemove(wish, out _);
    }

    private void Change(Func<PgCatalog, PgCatalog> change)
    {
        PgTypeRegistry before;
        do
            before = Current;
        while (Interlocked.CompareExchange(ref _current, before.With(change(before.Catalog)), before) != before);
    }
}
