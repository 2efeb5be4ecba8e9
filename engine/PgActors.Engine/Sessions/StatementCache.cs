using System.Globalization;
using System.Text;

namespace PgActors.Sessions;

/// <summary>
/// The statements that one session has prepared: least recently used goes first when there are too many. Pure; it belongs to one session.
/// </summary>
public sealed class StatementCache
{
    /// <summary>The server tells names apart by their first 63 bytes (NAMEDATALEN), and a number of up to 19 digits follows.</summary>
    public const int MaxPrefix = 63 - 19;

    private readonly Dictionary<SqlStatement, PreparedStatement> _byStatement = new(ReferenceEqualityComparer.Instance);
    private readonly LinkedList<PreparedStatement> _byUse = new();
    private readonly int _capacity;
    private readonly string _prefix;
    private long _last;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="capacity">Statements to keep; 0 prepares none by name.</param>
    /// <param name="prefix">Begins every name; unguessable, so that two processes behind one pooler never meet. At most
    /// <see cref="MaxPrefix"/> bytes of ASCII.</param>
    /// <exception cref="ArgumentException">The capacity is negative, or the prefix is too long or holds something else.</exception>
    public StatementCache(int capacity, string prefix)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        if (prefix.Length > MaxPrefix || !Ascii.IsValid(prefix) || prefix.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException($"Names of prepared statements begin with at most {MaxPrefix} ASCII characters.", nameof(prefix));
        _capacity = capacity;
        _prefix = prefix;
    }

    /// <summary>Statements kept.</summary>
    public int Count => _byStatement.Count;

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

    /// <summary>Begins to prepare a statement that <see cref="Find"/> did not know.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="evicted">A statement that had to make room and must be closed on the server; <see langword="null"/> if none.</param>
    /// <returns>The new entry, in state <see cref="PreparedStatementState.Preparing"/>; <see langword="null"/> if the cache is off or all
    /// its entries are still being prepared.</returns>
    public PreparedStatement? Add(SqlStatement statement, out PreparedStatement? evicted)
    {
        evicted = null;
        if (_capacity == 0)
            return null;
        if (_byStatement.Count >= _capacity)
        {
            evicted = FindEvictable();
            if (evicted is null)
                return null;
            Remove(evicted);
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{_prefix}{++_last}");
        var prepared = new PreparedStatement(statement, Encoding.UTF8.GetBytes(name));
        prepared.Node = _byUse.AddFirst(prepared);
        _byStatement.Add(statement, prepared);
        return prepared;
    }

    /// <summary>Forgets a statement: its Parse failed, or the server no longer has it.</summary>
    public void Remove(PreparedStatement prepared)
    {
        if (_byStatement.TryGetValue(prepared.Statement, out var known) && known == prepared)
        {
            _byStatement.Remove(prepared.Statement);
            _byUse.Remove(prepared.Node!);
        }
    }

    /// <summary>Forgets all statements: the server has dropped them (DISCARD ALL, DEALLOCATE ALL).</summary>
    public void Clear()
    {
        _byStatement.Clear();
        _byUse.Clear();
    }

    // A Close of one whose Parse is on its way would run into the commands that wait for it.
    private PreparedStatement? FindEvictable()
    {
        var node = _byUse.Last;
        while (node is { Value.State: PreparedStatementState.Preparing })
            node = node.Previous;
        return node?.Value;
    }
}
