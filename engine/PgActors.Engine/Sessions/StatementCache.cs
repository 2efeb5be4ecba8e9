using System.Globalization;
using System.Text;

namespace PgActors.Sessions;

/// <summary>
/// The statements that one session has prepared: least recently used goes first when there are too many, or their texts are too long
/// together. What it lets go of is still prepared on the server, and waits in <see cref="Leaving"/> to be closed there. Pure; it belongs to
/// one session.
/// </summary>
public sealed class StatementCache
{
    /// <summary>The server tells names apart by their first 63 bytes (NAMEDATALEN), and a number of up to 19 digits follows.</summary>
    public const int MaxPrefix = 63 - 19;

    private readonly Dictionary<SqlStatement, PreparedStatement> _byStatement = new(ReferenceEqualityComparer.Instance);
    private readonly LinkedList<PreparedStatement> _byUse = new();
    private readonly Queue<PreparedStatement> _leaving = new();
    private readonly int _capacity;
    private readonly long _maxBytes;
    private readonly string _prefix;
    private long _last;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="capacity">Statements to keep; 0 prepares none by name.</param>
    /// <param name="maxBytes">Bytes of their texts to keep, in UTF-8. A text that is longer alone is never prepared by name.</param>
    /// <param name="prefix">Begins every name; unguessable, so that two processes behind one pooler never meet. At most
    /// <see cref="MaxPrefix"/> bytes of ASCII.</param>
    /// <exception cref="ArgumentException">A bound is negative, or the prefix is too long or holds something else.</exception>
    public StatementCache(int capacity, long maxBytes, string prefix)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        if (prefix.Length > MaxPrefix || !Ascii.IsValid(prefix) || prefix.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException($"Names of prepared statements begin with at most {MaxPrefix} ASCII characters.", nameof(prefix));
        _capacity = capacity;
        _maxBytes = maxBytes;
        _prefix = prefix;
    }

    /// <summary>Statements kept.</summary>
    public int Count => _byStatement.Count;

    /// <summary>Bytes of the texts kept.</summary>
    public long Bytes { get; private set; }

    /// <summary>Statements that the cache has let go of and the server has not.</summary>
    public int Leaving => _leaving.Count;

    /// <summary>Looks a statement up and marks it as used.</summary>
    public PreparedStatement? Find(SqlStatement statement)
    {
        if (!_byStatement.TryGetValue(statement, out var prepared))
            return null;
        if (_byUse.First != prepared.Node)
        {
            _byUse.Remove(prepared.Node!);
            _byUse.AddFirst(prepared.Node!);
        }

        return prepared;
    }

    /// <summary>Whether a statement is prepared. Does not mark it as used.</summary>
    public bool IsReady(SqlStatement statement) => _byStatement.TryGetValue(statement, out var prepared) && prepared.IsReady;

    /// <summary>Begins to prepare a statement that <see cref="Find"/> did not know. What had to make room for it is
    /// <see cref="Leaving"/>.</summary>
    /// <returns>The new entry, in state <see cref="PreparedStatementState.Preparing"/>; <see langword="null"/> if the cache is off, the text
    /// too long, or too many entries are still being prepared.</returns>
    public PreparedStatement? Add(SqlStatement statement)
    {
        var bytes = statement.Utf8.Length;
        if (bytes > _maxBytes)
            return null;
        while (_byStatement.Count >= _capacity || Bytes + bytes > _maxBytes)
        {
            if (FindEvictable() is not { } evicted)
                return null;
            Evict(evicted);
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{_prefix}{++_last}");
        var prepared = new PreparedStatement(statement, Encoding.UTF8.GetBytes(name));
        prepared.Node = _byUse.AddFirst(prepared);
        _byStatement.Add(statement, prepared);
        Bytes += bytes;
        return prepared;
    }

    /// <summary>Forgets a statement that the server does not have: its Parse failed or was never sent.</summary>
    public void Remove(PreparedStatement prepared)
    {
        if (!IsKept(prepared))
            return;
        _byStatement.Remove(prepared.Statement);
        _byUse.Remove(prepared.Node!);
        Bytes -= prepared.Statement.Utf8.Length;
    }

    /// <summary>Lets go of a statement that the server has.</summary>
    public void Evict(PreparedStatement prepared)
    {
        if (!IsKept(prepared))
            return;
        Remove(prepared);
        _leaving.Enqueue(prepared);
    }

    /// <summary>Lets go of all statements whose Parse was answered: what they meant may have changed.</summary>
    public void EvictAll()
    {
        foreach (var prepared in _byStatement.Values)
        {
            if (prepared.State == PreparedStatementState.Prepared)
                Evict(prepared);
        }
    }

    /// <summary>Forgets all statements whose Parse was answered: the server has dropped them. Those on their way come after that.</summary>
    public void Forget()
    {
        EvictAll();
        _leaving.Clear();
    }

    /// <summary>Takes the next statement to be closed on the server.</summary>
    public bool TryTakeLeaving(out PreparedStatement? leaving) => _leaving.TryDequeue(out leaving);

    /// <summary>Gives back what <see cref="TryTakeLeaving"/> gave: the server never saw, or skipped, its Close.</summary>
    public void ReturnLeaving(PreparedStatement leaving) => _leaving.Enqueue(leaving);

    private bool IsKept(PreparedStatement prepared) => _byStatement.TryGetValue(prepared.Statement, out var known) && known == prepared;

    // A Close of one whose Parse is on its way would run into the commands that wait for it.
    private PreparedStatement? FindEvictable()
    {
        var node = _byUse.Last;
        while (node is { Value.State: PreparedStatementState.Preparing })
            node = node.Previous;
        return node?.Value;
    }
}
