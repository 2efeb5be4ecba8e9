using PgActors.Requests;
using PgActors.Statements;

namespace PgActors.Types;

/// <summary>
/// The types as one session sees them: those of the database, and those that its transaction has created or altered and that nobody else sees
/// before it commits. These are looked up on the session itself, and forgotten with the transaction.
/// </summary>
internal sealed class SessionTypes(DatabaseTypes database, ITypeSession session) : TypeSource
{
    // Replaced as a whole. A race between threads costs a look-up more, or a registry.
    private OwnTypes? _own;

    /// <summary>Those of the database.</summary>
    public DatabaseTypes Database => database;

    public override bool LooksUp => database.LooksUp;

    public override TimeProvider Time => database.Time;

    public override PgTypeRegistry Current
    {
        get
        {
            var outer = database.Current;
            if (Volatile.Read(in _own) is not { } own)
                return outer;
            if (session.IsOutsideTransaction)
            {
                Interlocked.CompareExchange(ref _own, null, own);
                return outer;
            }

            return own.JoinedTo(outer);
        }
    }

    public override async Task LearnAsync(IReadOnlyCollection<TypeWish> wishes)
    {
        // One that is known and asked for again has changed, and maybe by this very transaction.
        var known = Current.Catalog;
        var changed = wishes.Where(wish => wish.IsIn(known)).ToList();
        await database.LearnAsync(wishes).ConfigureAwait(false);
        var learned = database.Current.Catalog;
        var missing = wishes.Where(wish => !wish.IsIn(learned)).Union(changed).ToList();
        if (missing.Count == 0 || !session.CanLookUp)
            return;
        var found = await session.LookUpAsync(new CatalogRequest(), CatalogRequest.For(missing)).ConfigureAwait(false);
        Change(own => own.Without(TypeWish.OidsOf(missing)).With(found));
        database.Learned(Current, found);
    }

    // Its own types come as text where nobody understands them.
    public override ValueTask<string[]> PrintAsync(PgCommand command) => database.PrintAsync(command);

    public override void Forget(IReadOnlyList<uint> oids)
    {
        if (LooksUp)
            Change(own => own.Without(oids));
        database.Forget(oids);
    }

    private void Change(Func<PgCatalog, PgCatalog> change)
    {
        OwnTypes? before, after;
        do
        {
            before = Volatile.Read(in _own);
            var catalog = change(before?.Catalog ?? PgCatalog.Empty);
            after = catalog.Types.Count == 0 ? null : new OwnTypes(catalog);
        }
        while (Interlocked.CompareExchange(ref _own, after, before) != before);
    }

    private sealed class OwnTypes(PgCatalog catalog)
    {
        // Replaced as a whole.
        private Joined? _joined;

        public PgCatalog Catalog => catalog;

        public PgTypeRegistry JoinedTo(PgTypeRegistry outer)
        {
            var joined = Volatile.Read(in _joined);
            if (joined?.Outer != outer)
                Volatile.Write(ref _joined, joined = new Joined(outer, outer.With(outer.Catalog.With(catalog.Types))));
            return joined.Registry;
        }
    }

    private sealed record Joined(PgTypeRegistry Outer, PgTypeRegistry Registry);
}
