using PgActors.Protocol;

namespace PgActors.Testing;

/// <summary>The statements of one connection. Written by its loop, read by tests from any thread.</summary>
internal sealed class ModelLog
{
    private const int NotKept = -1;

    private readonly ModelCounters _counters;
    private readonly bool _keeps;

    // Guards what follows.
    private readonly Lock _gate = new();
    private readonly List<ModelStatement> _statements = [];
    private int _firstOpen;

    public ModelLog(ModelCounters counters, bool keeps)
    {
        _counters = counters;
        _keeps = keeps;
    }

    public IReadOnlyList<ModelStatement> Statements
    {
        get
        {
            lock (_gate)
                return _statements.ToArray();
        }
    }

    /// <summary>A statement begins.</summary>
    /// <returns>What names it in <see cref="Record"/>.</returns>
    public int Begin(string sql, WireArray<WireArray<byte>?> parameters)
    {
        var number = _counters.RecordStatement();
        if (!_keeps)
            return NotKept;
        lock (_gate)
        {
            _statements.Add(
                new ModelStatement(number, sql, parameters, ModelStatementOutcome.Running, null, ModelStatementFate.Open));
            return _statements.Count - 1;
        }
    }

    /// <summary>A statement got somewhere.</summary>
    public void Record(int statement, ModelStatementOutcome outcome, string? sqlState = null)
    {
        if (statement == NotKept)
            return;
        lock (_gate)
            _statements[statement] = _statements[statement] with { Outcome = outcome, SqlState = sqlState };
    }

    /// <summary>The transaction of all statements since the last call ended.</summary>
    public void Settle(ModelStatementFate fate)
    {
        lock (_gate)
        {
            for (; _firstOpen < _statements.Count; _firstOpen++)
                _statements[_firstOpen] = _statements[_firstOpen] with { Fate = fate };
        }
    }
}
