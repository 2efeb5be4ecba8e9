using PgActors.Sessions;
using PgActors.Statements;

namespace PgActors.Queries;

/// <summary>The streams among the parameters of a query, which may be run any number of times while a stream is read once: those that can seek
/// are read from where they stood, one run at a time.</summary>
internal sealed class QueryStreams(IReadOnlyList<StreamedParameter> parameters)
{
    // Where each stood when the query was made; -1 if it cannot go back.
    private readonly long[] _starts = [.. parameters.Select(static parameter => parameter.Source.CanSeek ? parameter.Source.Position : -1)];

    // Invariant: whoever changes it from 0 to 1 runs, and changes it back when nothing reads the streams any more.
    private int _isRunning;
    private bool _wereRead;

    /// <summary>A run begins.</summary>
    /// <exception cref="PgUsageException">They are being read, or were and cannot be read again.</exception>
    public void Begin()
    {
        if (Interlocked.Exchange(ref _isRunning, 1) != 0)
            throw ParameterErrors.StreamInUse();
        try
        {
            if (_wereRead)
                Rewind();
            _wereRead = true;
        }
        catch
        {
            End();
            throw;
        }
    }

    /// <summary>The run has ended.</summary>
    public void End() => Volatile.Write(ref _isRunning, 0);

    /// <summary>Reads them for a request of the run.</summary>
    public ParameterFeed Feed() => new(parameters);

    private void Rewind()
    {
        if (_starts.Contains(-1))
            throw ParameterErrors.StreamWasRead();
        for (var i = 0; i < _starts.Length; i++)
            parameters[i].Source.Position = _starts[i];
    }
}
