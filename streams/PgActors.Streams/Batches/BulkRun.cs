using PgActors.Routes;
using PgActors.Types;

namespace PgActors.Batches;

/// <summary>
/// Runs the commands made of a source's items in series, of which some are under way while the next is filled: so the pipeline never runs
/// empty, and no more is in memory than a few series, however long the source is.
/// </summary>
internal sealed class BulkRun<T>
{
    // A series this large keeps the server and the link busy for the time in which the next is filled. With 128 its ends, and our wake-ups, came
    // twice as often: 3.4 µs of the client's processor time a row instead of 2.0 to 2.5 (inserts-10k).
    private const int MaxCommands = 256;
    private const int MaxBytes = 64 * 1024;

    // Under way at a time. With the one that is filled: 768 commands, and 192 KiB of parameters beside three items.
    private const int MaxUnderWay = 2;

    private readonly CommandRoute _route;
    private readonly bool _isAtomic;
    private readonly Action<PgBulkWriter, T> _command;
    private readonly TimeSpan? _timeout;
    private readonly CancellationToken _token;
    private readonly PgBulkWriter _writer;
    private readonly Queue<Chunk> _underWay = new();
    private readonly Queue<Chunk> _spare = new();
    private Chunk _filling = new();

    /// <param name="route">Where to; always the same session while there is one.</param>
    /// <param name="types">The types of parameters.</param>
    /// <param name="isAtomic">Whether it runs inside a transaction: then the first failure ends it.</param>
    /// <param name="command">Makes an item into a command.</param>
    /// <param name="timeout">The time of each command; <see langword="null"/> for the session's.</param>
    /// <param name="token">Cancels.</param>
    public BulkRun(
        CommandRoute route, TypeSource types, bool isAtomic, Action<PgBulkWriter, T> command, TimeSpan? timeout, CancellationToken token)
    {
        _timeout = timeout;
        _route = route;
        _isAtomic = isAtomic;
        _command = command;
        _token = token;
        _writer = new PgBulkWriter(route, types) { Series = _filling.Series };
    }

    public BulkTally Tally { get; } = new();

    private bool GoesOn => Tally.Hindrance is null && !(_isAtomic && Tally.FirstFailure is not null);

    /// <summary>Runs to the end of the source, or to the first thing that makes it pointless to go on. Returns when nothing is under way
    /// any more.</summary>
    /// <returns>What the source threw, or the function that makes commands; <see langword="null"/> if neither did.</returns>
    public async ValueTask<Exception?> RunAsync(IAsyncEnumerable<T> source)
    {
        Exception? fault = null;
        try
        {
            await PumpAsync(source).ConfigureAwait(false);
        }
        catch (Exception thrown)
        {
            fault = thrown;
        }

        // The items before the one that failed count, unless nothing will last anyway.
        if (_filling.Series.Count > 0 && GoesOn && !(_isAtomic && fault is not null))
            await PostAsync().ConfigureAwait(false);
        while (_underWay.Count > 0)
            await CollectAsync().ConfigureAwait(false);
        if (_filling.Series.Count > 0)
            Tally.AddUnsent(_filling.Series, fault ?? Tally.FirstFailure!.Exception);
        _filling.Clear();
        return fault;
    }

    private async ValueTask PumpAsync(IAsyncEnumerable<T> source)
    {
        var items = source.GetAsyncEnumerator(_token);
        await using (items.ConfigureAwait(false))
        {
            while (GoesOn)
            {
                if (!await MoveNextAsync(items).ConfigureAwait(false) || !GoesOn)
                    return;
                Tally.Items++;
                _command(_writer, items.Current);
                _filling.Note(Tally.Items - 1);
                if (_filling.Series.Count >= MaxCommands || _filling.Series.Bytes >= MaxBytes)
                    await PostAsync().ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<T> items)
    {
        var next = items.MoveNextAsync();
        if (next.IsCompleted || _filling.Series.Count == 0)
            return await next.ConfigureAwait(false);

        // The source is slow: what it gave so far need not wait for it.
        var slow = next.AsTask();
        await PostAsync().ConfigureAwait(false);
        return await slow.ConfigureAwait(false);
    }

    private async ValueTask PostAsync()
    {
        if (_underWay.Count == MaxUnderWay)
            await CollectAsync().ConfigureAwait(false);
        if (!GoesOn)
            return;
        var chunk = _filling;
        _filling = _spare.TryDequeue(out var spare) ? spare : new Chunk();
        _writer.Series = _filling.Series;
        if (await chunk.Series.StartAsync(_route, _isAtomic, isAwaited: false, _timeout, _token).ConfigureAwait(false) is not { } refusal)
        {
            _underWay.Enqueue(chunk);
            return;
        }

        Tally.AddUnsent(chunk.Series, refusal);
        chunk.Clear();
        _spare.Enqueue(chunk);
    }

    private async ValueTask CollectAsync()
    {
        var chunk = _underWay.Dequeue();
        await chunk.Series.Ended.ConfigureAwait(false);
        chunk.Series.StopListening();
        Tally.Add(chunk.Series, chunk.Items, _token);
        chunk.Clear();
        _spare.Enqueue(chunk);
    }

    private sealed class Chunk
    {
        private readonly List<long> _items = [];

        public CommandSeries Series { get; } = new();

        /// <summary>For each command of the series the item it was made of.</summary>
        public IReadOnlyList<long> Items => _items;

        /// <summary>The commands added last were made of an item.</summary>
        public void Note(long item)
        {
            while (_items.Count < Series.Count)
                _items.Add(item);
        }

        public void Clear()
        {
            Series.Recycle();
            _items.Clear();
        }
    }
}
