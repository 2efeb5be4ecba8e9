using System.Collections.Concurrent;
using PgActors.Testing;

namespace PgActors.Integration.Tests.Supervision;

/// <summary>
/// Many callers who write a number each, again and again, and note what they were told became of it; and others who read. Afterwards the notes
/// are compared with the table.
/// </summary>
internal sealed class LedgerLoad
{
    private readonly PgDatabase _db;
    private readonly ConcurrentDictionary<int, Outcome?> _told = new();
    private readonly Task[] _callers;
    private volatile bool _isOver;
    private int _number;
    private int _written;
    private int _read;

    private LedgerLoad(PgDatabase db, int writers, int readers)
    {
        _db = db;
        _callers =
        [
            .. Enumerable.Range(0, writers).Select(_ => Task.Run(WriteAsync)),
            .. Enumerable.Range(0, readers).Select(_ => Task.Run(ReadAsync)),
        ];
    }

    public int Written => Volatile.Read(ref _written);

    public int Read => Volatile.Read(ref _read);

    public ConcurrentQueue<Exception> Failures { get; } = new();

    public static Task PrepareAsync(PostgresServer server, CancellationToken token) =>
        server.QueryAsync("CREATE TABLE ledger (number int PRIMARY KEY)", cancellationToken: token);

    public static LedgerLoad Start(PgDatabase db, int writers, int readers) => new(db, writers, readers);

    /// <summary>Lets every caller finish its command, and waits for it: nobody may be left without an answer.</summary>
    public async Task EndAsync(CancellationToken token)
    {
        _isOver = true;
        await Task.WhenAll(_callers).WaitAsync(token);
    }

    /// <summary>Compares what was told with what is there.</summary>
    public async Task VerifyAsync(PostgresServer server, CancellationToken token)
    {
        var rows = await server.QueryAsync("SELECT number FROM ledger", cancellationToken: token);
        var there = rows.Select(row => int.Parse(row[0]!, System.Globalization.CultureInfo.InvariantCulture)).ToHashSet();
        var lies = _told
            .Where(told => told.Value is { } outcome ? outcome != Outcome.Unknown && there.Contains(told.Key) : !there.Contains(told.Key))
            .Select(told => $"{told.Key}: told {told.Value?.ToString() ?? "written"}");
        Assert.Empty(lies);
        Assert.Empty(there.Except(_told.Keys));
    }

    private async Task WriteAsync()
    {
        while (!_isOver)
        {
            var number = Interlocked.Increment(ref _number);
            try
            {
                Assert.Equal(1, await _db.ExecuteAsync($"insert into ledger values ({number})"));
                _told[number] = null;
                Interlocked.Increment(ref _written);
            }
            catch (PgException failure)
            {
                _told[number] = failure.Outcome;
                Failures.Enqueue(failure);
            }
        }
    }

    private async Task ReadAsync()
    {
        while (!_isOver)
        {
            var number = Interlocked.Increment(ref _number);
            _told[number] = Outcome.NotSent;
            try
            {
                Assert.Equal(number, await _db.QuerySingleAsync<int>($"select {number}"));
                Interlocked.Increment(ref _read);
            }
            catch (PgException failure)
            {
                Failures.Enqueue(failure);
            }
        }
    }
}
