using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using PgActors.Protocol;
using PgActors.Rows;
using PgActors.Types;

namespace PgActors.Sessions;

/// <summary>
/// In which format the results of statements are asked for: binary, but text for columns whose type is known to have no binary form, or
/// nobody who would understand it. What one session finds out all sessions of the database know.
/// </summary>
/// <remarks>Safe for all threads: everything in it is only added to, and whoever is late asks for binary once more than needed.</remarks>
public sealed class ResultFormats
{
    private static readonly object Refused = new();

    private readonly ConditionalWeakTable<SqlStatement, DataFormat[]> _chosen = [];
    private readonly ConditionalWeakTable<SqlStatement, object> _refused = [];
    private readonly ConcurrentDictionary<uint, DataFormat> _types = new();

    // Counted up by whoever adds something that may concern a statement already prepared.
    private int _version = 1;

    /// <summary>Changes whenever a choice made before may be made otherwise now.</summary>
    internal int Version => Volatile.Read(in _version);

    /// <summary>Says that columns of a type are to be asked for in text.</summary>
    /// <param name="typeOid">The type.</param>
    public void AskForText(uint typeOid)
    {
        if (_types.TryAdd(typeOid, DataFormat.Text))
            Interlocked.Increment(ref _version);
    }

    /// <summary>The formats for a statement whose columns the session does not know; empty for binary everywhere.</summary>
    internal ReadOnlySpan<DataFormat> For(SqlStatement statement) => _chosen.TryGetValue(statement, out var formats) ? formats : default;

    /// <summary>Chooses the formats for a statement that is described.</summary>
    /// <returns>The same columns, each in the format to be asked for.</returns>
    internal RowLayout Choose(SqlStatement statement, RowLayout layout)
    {
        var isRefused = _refused.TryGetValue(statement, out _);
        var formats = new DataFormat[layout.Count];
        for (var i = 0; i < formats.Length; i++)
            formats[i] = Choose(layout[i].TypeOid, isRefused);
        if (!formats.Contains(DataFormat.Text))
        {
            _chosen.Remove(statement);
            return layout.HasText ? layout.With(formats) : layout;
        }

        _chosen.AddOrUpdate(statement, formats);
        return layout.With(formats);
    }

    /// <summary>A server could not send a column in binary: asks for text wherever binary is not sure from now on.</summary>
    /// <returns>Whether that changes something.</returns>
    internal bool OnRefused(SqlStatement statement, RowLayout layout)
    {
        if (!_refused.TryAdd(statement, Refused))
            return false;
        Interlocked.Increment(ref _version);
        return Choose(statement, layout).HasText;
    }

    /// <summary>The statement has other columns than were described.</summary>
    /// <returns>Whether formats had been chosen for those.</returns>
    internal bool Forget(SqlStatement statement) => _chosen.Remove(statement);

    private DataFormat Choose(uint typeOid, bool isRefused)
    {
        if (PgTypeRegistry.IsFixed(typeOid) && typeOid is not (PgTypeOid.Record or PgTypeOid.RecordArray))
            return BuiltInStructure.HasBinaryForm(typeOid) ? DataFormat.Binary : DataFormat.Text;
        return isRefused ? DataFormat.Text : _types.GetValueOrDefault(typeOid, DataFormat.Binary);
    }
}
