using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using PgActors.Sessions;

namespace PgActors.Statements;

/// <summary>
/// A step of the tree of all interpolated statements of the program: from the root, each literal and each parameter's type leads one step
/// on. Walking it costs a comparison of references a step and gives the same <see cref="SqlStatement"/> every time, so that the text of a
/// statement is built once and a session finds it prepared without hashing.
/// </summary>
/// <remarks>It grows with the interpolated strings in the program's text, not with their values. Safe for all threads.</remarks>
internal sealed class StatementNode
{
    private readonly StatementNode? _parent;
    private readonly string? _literal;
    private readonly uint _type;
    private ConcurrentDictionary<string, StatementNode>? _literals;
    private ConcurrentDictionary<uint, StatementNode>? _types;

    // The step taken last, tried first. A race costs a look-up in the dictionary, nothing else.
    private StatementNode? _last;
    private SqlStatement? _statement;

    private StatementNode(StatementNode? parent, string? literal, uint type)
    {
        _parent = parent;
        _literal = literal;
        _type = type;
    }

    public static StatementNode Root { get; } = new(null, null, 0);

    public StatementNode Literal(string literal)
    {
        var last = _last;
        if (last is not null && ReferenceEquals(last._literal, literal))
            return last;
        var literals = _literals ?? Interlocked.CompareExchange(ref _literals, new(StringComparer.Ordinal), null) ?? _literals;
        return _last = literals.GetOrAdd(literal, static (text, parent) => new StatementNode(parent, text, 0), this);
    }

    public StatementNode Parameter(uint type)
    {
        var last = _last;
        if (last is not null && last._literal is null && last._type == type)
            return last;
        var types = _types ?? Interlocked.CompareExchange(ref _types, new(), null) ?? _types;
        return _last = types.GetOrAdd(type, static (oid, parent) => new StatementNode(parent, null, oid), this);
    }

    public SqlStatement Statement() => _statement ??= Build(null);

    /// <summary>The statement with text behind it that is not the program's own, such as an identifier: not kept here.</summary>
    public SqlStatement Build(IReadOnlyList<object>? tail)
    {
        var steps = new List<object>();
        for (var node = this; node._parent is not null; node = node._parent)
            steps.Add(node._literal is null ? node._type : node._literal);
        steps.Reverse();
        if (tail is not null)
            steps.AddRange(tail);
        var text = new StringBuilder();
        var types = new List<uint>();
        foreach (var step in steps)
        {
            if (step is uint type)
            {
                types.Add(type);
                text.Append(CultureInfo.InvariantCulture, $"${types.Count}");
            }
            else
            {
                text.Append((string)step);
            }
        }

        return tail is null ? StatementTexts.Make(text.ToString(), types.ToArray()) : StatementTexts.Find(text.ToString(), types.ToArray());
    }
}
