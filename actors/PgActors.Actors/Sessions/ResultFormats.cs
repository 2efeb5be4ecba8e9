using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using PgActors.Protocol;
using PgActors.Rows;
using PgActors.Types;

namespace PgActors.Sessions;

/// <summary>
/// In which format the results of statements are asked for: binary, but text for columns whose type is known to have no binary form, or
/// nobody who would understand it. Of what is not known, binary is asked for where a refusal can be made good by asking again, and text
/// where it cannot. What one session finds out all sessions of the database know.
/// </summary>
/// <remarks>Safe for all threads: what is in it only speeds up or spares, so whoever is late asks once more than needed.</remarks>
public sealed class ResultFormats
{
    private static readonly object Marked = new();

    // The columns, as they were described last, of statements that were not sure then.
    private readonly ConditionalWeakTable<SqlStatement, RowLayout> _unsure = [];
    private readonly ConditionalWeakTable<SqlStatement, object> _refused = [];
    private readonly ConditionalWeakTable<SqlStatement, object> _sure = [];
    private readonly ConcurrentDictionary<uint, DataFormat> _types = new();

    // Counted up by whoever adds something that may concern a statement already prepared.
    private int _version = 1;

    // Types were created so many times, as far as is known, and up to which of those they were looked over. Both stay 0 where nobody does that.
    // Invariant: each only grows, so whoever is late changes nothing.
    private int _created;
    private int _reviewed;
    private volatile TypeStrangers _strangers;

    /// <summary>Changes whenever a choice made before may be made otherwise now.</summary>
    internal int Version => Volatile.Read(in _version);

    /// <summary>How often types were created, as far as is known; counted from 1 once <see cref="ExpectReviews"/> was called.</summary>
    public int TypesCreated => Volatile.Read(in _created);

    /// <summary>Whether types were created since they were looked over for strangers.</summary>
    public bool IsReviewDue => Volatile.Read(in _reviewed) != Volatile.Read(in _created);

    /// <summary>Whether there may be strangers, types with a binary form that nobody here would understand. Then a statement whose columns nobody
    /// knows is described before it is bound, also where it could be run again: what has come in binary the server cannot always print
    /// afterwards.</summary>
    internal bool IsWary => _strangers != TypeStrangers.None || IsReviewDue;

    /// <summary>From here on the types are looked over: now, and whenever some were created.</summary>
    public void ExpectReviews() => Interlocked.CompareExchange(ref _created, 1, 0);

    /// <summary>The types were looked over.</summary>
    /// <param name="created">What <see cref="TypesCreated"/> was before.</param>
    /// <param name="strangers">What was found.</param>
    public void EndReview(int created, TypeStrangers strangers)
    {
        _strangers = strangers;
        Volatile.Write(ref _reviewed, created);
        Interlocked.Increment(ref _version);
    }

    /// <summary>Types were created, maybe strangers.</summary>
    internal void OnTypesCreated()
    {
        if (TypesCreated > 0)
            Interlocked.Increment(ref _created);
    }

    /// <summary>Says in which format columns of a type are to be asked for; what was said last counts.</summary>
    /// <param name="typeOid">The type, which is not built in.</param>
    /// <param name="format">Binary, if the type and all that it is made of can be sent so and is understood.</param>
    public void Learn(uint typeOid, DataFormat format)
    {
        if (_types.TryGetValue(typeOid, out var known) && known == format)
            return;
        _types[typeOid] = format;
        Interlocked.Increment(ref _version);
    }

    /// <summary>The formats for a statement whose columns the session does not know; empty for binary everywhere.</summary>
    internal ReadOnlySpan<DataFormat> For(SqlStatement statement) =>
        _unsure.TryGetValue(statement, out var layout) ? ChooseFor(statement, layout, isFinal: false, out _).Formats : default;

    /// <summary>Whether the statement, when it was described last, had only columns that, as is known now, are sure to come in
    /// binary.</summary>
    internal bool IsSure(SqlStatement statement)
    {
        if (_sure.TryGetValue(statement, out _))
            return true;
        if (!_unsure.TryGetValue(statement, out var layout))
            return false;
        ChooseFor(statement, layout, isFinal: true, out var isSure);
        return isSure;
    }

    /// <summary>Chooses the formats for a statement that is described.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="layout">Its columns.</param>
    /// <param name="isFinal">Whether the server's refusal could not be made good.</param>
    /// <returns>The same columns, each in the format to be asked for.</returns>
    internal RowLayout Choose(SqlStatement statement, RowLayout layout, bool isFinal)
    {
        var chosen = ChooseFor(statement, layout, isFinal, out var isSure);
        if (!isSure)
        {
            _unsure.AddOrUpdate(statement, layout);
            _sure.Remove(statement);
        }
        else if (!_sure.TryGetValue(statement, out _))
        {
            _unsure.Remove(statement);
            _sure.TryAdd(statement, Marked);
        }

        return chosen;
    }

    /// <summary>A server could not send a column in binary: asks for text wherever binary is not sure from now on.</summary>
    /// <returns>Whether that changes something.</returns>
    internal bool OnRefused(SqlStatement statement, RowLayout layout)
    {
        if (!_refused.TryAdd(statement, Marked))
            return false;
        Interlocked.Increment(ref _version);
        return Choose(statement, layout, isFinal: false).HasText;
    }

    /// <summary>The statement has other columns than were described.</summary>
    /// <returns>Whether formats had been chosen for those.</returns>
    internal bool Forget(SqlStatement statement) => !For(statement).IsEmpty && _unsure.Remove(statement);

    private RowLayout ChooseFor(SqlStatement statement, RowLayout layout, bool isFinal, out bool isSure)
    {
        var isRefused = _refused.TryGetValue(statement, out _);
        var unknown = isFinal || isRefused || _strangers == TypeStrangers.Unknown || IsReviewDue ? DataFormat.Text : DataFormat.Binary;
        var record = isFinal || isRefused ? DataFormat.Text : DataFormat.Binary;
        isSure = true;
        var hasText = false;
        var formats = new DataFormat[layout.Count];
        for (var i = 0; i < formats.Length; i++)
        {
            var known = Known(layout[i].TypeOid, isRefused);
            isSure &= known == DataFormat.Binary;
            formats[i] = known ?? (IsRecord(layout[i].TypeOid) ? record : unknown);
            hasText |= formats[i] == DataFormat.Text;
        }

        return hasText || layout.HasText ? layout.With(formats) : layout;
    }

    // A record may hold anything, and does not say what.
    private DataFormat? Known(uint typeOid, bool isRefused)
    {
        if (!PgTypeRegistry.IsFixed(typeOid))
            return !isRefused && _types.TryGetValue(typeOid, out var format) ? format : null;
        if (IsRecord(typeOid))
            return null;
        return BuiltInStructure.HasBinaryForm(typeOid) ? DataFormat.Binary : DataFormat.Text;
    }

    private static bool IsRecord(uint typeOid) => typeOid is PgTypeOid.Record or PgTypeOid.RecordArray;
}
