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

    // Invariant: those who wait for the review, which runs from when the first joins until all are told and none is left.
    private readonly Lock _reviewLock = new();
    private readonly List<ScheduledCompletion<bool>> _awaitReview = [];

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
    public Func<PgCommand, ValueTask<IReadOnlyList<uint>>> List { private get; set; } = null!;

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

    // One review for all who wait, and it goes on without those who have waited long enough. Each has a completion of its own: of several who
    // await one task, all but one would go on in the pool, past the runtime.
    public override Task ReviewAsync(TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var over = new ScheduledCompletion<bool>(runtime.Dispatcher);
        if (Join(over))
            BeginReview();
        return over.IsDecided ? Task.CompletedTask : WaitAsync(over, timeout < LongestReview ? timeout.Value : LongestReview, cancellationToken);
    }

    private async Task WaitAsync(ScheduledCompletion<bool> over, TimeSpan limit, CancellationToken cancellationToken)
    {
        await using var timer = Time.CreateTimer(_ => over.TrySetResult(false), null, limit, Timeout.InfiniteTimeSpan).ConfigureAwait(false);
        await using var given = cancellationToken.UnsafeRegister(_ => over.TrySetResult(false), null).ConfigureAwait(false);
        await over.Task.ConfigureAwait(false);
    }

    // On the thread of whoever happens to be first, which may be answered on the spot, but not in its context.
    private void BeginReview()
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            _ = ReviewAsync();
            return;
        }

        using (ExecutionContext.SuppressFlow())
            _ = ReviewAsync();
    }

    // Whether it is the first.
    private bool Join(ScheduledCompletion<bool> over)
    {
        lock (_reviewLock)
        {
            _awaitReview.Add(over);
            return _awaitReview.Count == 1;
        }
    }

    private async Task ReviewAsync()
    {
        var created = Formats.TypesCreated;
        try
        {
            var strangers = await FindStrangersAsync().ConfigureAwait(false);
            if (strangers.Length > 0)
                await LearnContainersAsync(strangers).ConfigureAwait(false);
            Formats.EndReview(created, strangers.Length == 0 ? TypeStrangers.None : TypeStrangers.Known);
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
            ScheduledCompletion<bool>[] all;
            lock (_reviewLock)
            {
                all = [.. _awaitReview];
                _awaitReview.Clear();
            }

            foreach (var over in all)
                over.TrySetResult(true);
        }
    }

    private async Task<uint[]> FindStrangersAsync()
    {
        var listed = await List(TypeListRequest.ForBaseTypes()).ConfigureAwait(false);
        if (listed.Count == 0)
            return [];
        var found = await Run(new CatalogRequest(), CatalogRequest.For(WishesFor(listed))).ConfigureAwait(false);
        var registry = Current.With(Current.Catalog.With(found));
        return [.. found.Where(type => type.Kind == PgTypeKind.Base && registry.FormatFor(type.Oid) == DataFormat.Text).Select(type => type.Oid)];
    }

    private async Task LearnContainersAsync(uint[] strangers)
    {
        var containers = await List(TypeListRequest.ForContainersOf(strangers)).ConfigureAwait(false);
        await LearnAsync(WishesFor(containers)).ConfigureAwait(false);
    }

    private static TypeWish[] WishesFor(IReadOnlyList<uint> oids) => [.. oids.Select(static oid => new TypeWish(oid, null))];

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
