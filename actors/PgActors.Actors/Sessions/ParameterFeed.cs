using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using PgActors.Protocol;
using PgActors.Runtime;

namespace PgActors.Sessions;

/// <summary>
/// The parameters of one request that are too large to be held: read piece by piece, each when the session has room for it. It reads outside
/// of turns, one piece at a time, so that no more than one is in memory beside what the session is sending.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "What it owns ends with StopAsync; one that never began owns nothing that must end.")]
internal sealed class ParameterFeed(IReadOnlyList<StreamedParameter> streams) : AfterTurnWork
{
    // Small enough for the garbage collector's ordinary heap, large enough that a turn for each does not show.
    private const int PieceSize = 64 * 1024;

    private readonly CancellationTokenSource _stop = new();
    private readonly byte[] _piece = new byte[PieceSize];
    private ISessionHost? _host;
    private SessionSignal _fed;

    // Invariant: from Want to the signal that follows, these belong to the reading; otherwise to the session's turns.
    private ScheduledCompletion<bool>? _reading;
    private int _filled;
    private string? _problem;

    // The stream that is being read, what is left of it, and how far the bytes between the streams are written.
    private int _current = -1;
    private long _left;
    private int _written;

    /// <summary>Bytes that the streams are to give.</summary>
    public long Length { get; } = streams.Sum(static stream => stream.Length);

    /// <summary>Whether something was read, or may have been, so that it cannot be read again from the beginning.</summary>
    public bool HasBegun => _host is not null;

    /// <summary>Whether a piece is being read.</summary>
    public bool IsReading { get; private set; }

    /// <summary>Whether everything was written.</summary>
    public bool IsOver => _current == streams.Count;

    /// <summary>What a source threw; <see langword="null"/> if none did.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Inside a turn: writes what stands in front of the first piece.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="parameters">The bytes between the streams.</param>
    /// <param name="host">The session's.</param>
    /// <param name="fed">What to tell the session when a piece has been read.</param>
    public void Begin(WireWriter writer, ReadOnlySpan<byte> parameters, ISessionHost host, in SessionSignal fed)
    {
        _host = host;
        _fed = fed;
        GoOn(writer, parameters);
    }

    /// <summary>Inside a turn: has the next piece read.</summary>
    public void Want()
    {
        IsReading = true;
        _reading = new ScheduledCompletion<bool>(_host!.Runtime.Dispatcher);
        _host.RunAfterTurn(this);
    }

    /// <summary>Inside a turn: writes the piece that was read, and what stands behind it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="parameters">The bytes between the streams.</param>
    /// <returns>Why there is none; <see langword="null"/> if there was one.</returns>
    public string? Write(WireWriter writer, ReadOnlySpan<byte> parameters)
    {
        IsReading = false;
        if (_problem is not null)
            return _problem;
        writer.WriteBytes(_piece.AsSpan(0, _filled));
        _left -= _filled;
        if (_left == 0)
            GoOn(writer, parameters);
        return null;
    }

    /// <summary>The request has ended: nothing more is read.</summary>
    /// <returns>Completes when the sources are not touched any more.</returns>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_reading is { } reading)
            await reading.Task.ConfigureAwait(false);
        _stop.Dispose();
    }

    /// <summary>As <see cref="StopAsync"/>, and then does what is left: the sources are their owner's again when the end is seen.</summary>
    public async void StopBefore(Action rest)
    {
        await StopAsync().ConfigureAwait(false);
        rest();
    }

    /// <summary>The turn is over: reads a piece.</summary>
    public override void Execute()
    {
        // A source that never waits would otherwise run turn within turn within turn on this stack.
        var before = ThreadRole.Current;
        ThreadRole.Current = ThreadRole.Kind.Completing;
        _ = ReadAsync();
        ThreadRole.Current = before;
    }

    private async Task ReadAsync()
    {
        var (stream, reading) = (streams[_current], _reading!);
        try
        {
            var room = (int)Math.Min(_piece.Length, _left);
            _filled = await stream.Source.ReadAsync(_piece.AsMemory(0, room), _stop.Token).ConfigureAwait(false);
            if (_filled == 0)
                _problem = Describe(stream, "ended");
        }
#pragma warning disable CA1031 // Whatever a source throws, its request ends with it.
        catch (Exception failed)
#pragma warning restore CA1031
        {
            Fault = failed;
            _problem = Describe(stream, $"threw {failed.GetType().Name}");
        }

        reading.TrySetResult(true);
        _host!.Post(_fed);
    }

    private string Describe(in StreamedParameter stream, string what) => string.Create(
        CultureInfo.InvariantCulture,
        $"The stream of parameter ${stream.Number} {what} after {stream.Length - _left:N0} of the {stream.Length:N0} bytes it was to give.");

    // To the next stream that has something to give, or to the end.
    private void GoOn(WireWriter writer, ReadOnlySpan<byte> parameters)
    {
        while (_left == 0 && ++_current < streams.Count)
        {
            WriteUpTo(streams[_current].Offset, writer, parameters);
            _left = streams[_current].Length;
        }

        if (IsOver)
            WriteUpTo(parameters.Length, writer, parameters);
    }

    private void WriteUpTo(int end, WireWriter writer, ReadOnlySpan<byte> parameters)
    {
        writer.WriteBytes(parameters[_written..end]);
        _written = end;
    }
}
