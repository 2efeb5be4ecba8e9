using System.Collections.Concurrent;

namespace PgActors.Testing;

/// <summary>
/// Cancels commands at random moments while others run beside them, on whatever is under test: before they are sent, while they wait, while
/// they run, at the instant they end. A cancel that strikes anybody else's command is found, as is an answer that reaches the wrong caller.
/// </summary>
/// <remarks>It knows no client library: commands are delegates, which both give back the number they are given.</remarks>
public sealed class CancelStorm
{
    private const int MaxFailures = 48;

    private readonly Func<int, bool, CancellationToken, Task<int>> _victim;
    private readonly Func<int, CancellationToken, Task<int>> _innocent;

    /// <summary>Makes a storm.</summary>
    /// <param name="victim">Runs a command that is to be cancelled, and gives back the number. If the flag is set it must not end by itself;
    /// otherwise it is short, and the cancel races with its end. Cancelled, it ends in an <see cref="OperationCanceledException"/>.</param>
    /// <param name="innocent">Runs a command that gives back the number.</param>
    public CancelStorm(Func<int, bool, CancellationToken, Task<int>> victim, Func<int, CancellationToken, Task<int>> innocent)
    {
        ArgumentNullException.ThrowIfNull(victim);
        ArgumentNullException.ThrowIfNull(innocent);
        _victim = victim;
        _innocent = innocent;
    }

    /// <summary>Runs it to its end.</summary>
    /// <param name="options">How large.</param>
    /// <param name="cancellationToken">Ends the whole storm.</param>
    public async Task<CancelStormReport> RunAsync(CancelStormOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var run = new Run(options);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var innocents = Enumerable.Range(0, options.Innocents).Select(caller => Task.Run(() => RunInnocentsAsync(run, caller, over.Token), over.Token));
        var beside = innocents.ToArray();
        await Task.WhenAll(
            Enumerable.Range(0, options.Victims).Select(caller => Task.Run(() => RunVictimsAsync(run, caller, cancellationToken), cancellationToken)));
        run.IsOver = true;
        await Task.WhenAll(beside);
        return new CancelStormReport(run.Cancelled, run.Outran, run.Innocents, [.. run.Failures]);
    }

    private async Task RunVictimsAsync(Run run, int caller, CancellationToken cancellationToken)
    {
        var random = new Random(run.Options.Seed * 7919 + caller);
        while (Interlocked.Decrement(ref run.Left) >= 0)
        {
            var number = random.Next();
            var isEndless = random.Next(2) == 0;
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var command = _victim(number, isEndless, cancel.Token);

            var steps = random.Next(1 << random.Next(run.Options.MaxLifeExponent + 1));
            for (var i = 0; i < steps; i++)
                await Task.Yield();
            cancel.Cancel();
            try
            {
                run.Check(number, await command, "a victim");
                Interlocked.Increment(ref run.Outran);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                Interlocked.Increment(ref run.Cancelled);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                run.Fail(failure);
            }
        }
    }

    private async Task RunInnocentsAsync(Run run, int caller, CancellationToken cancellationToken)
    {
        var random = new Random(run.Options.Seed * 104729 + caller);
        while (!run.IsOver)
        {
            var number = random.Next();
            try
            {
                run.Check(number, await _innocent(number, cancellationToken), "an innocent command");
                Interlocked.Increment(ref run.Innocents);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                run.Fail(failure);
            }
        }
    }

    private sealed class Run(CancelStormOptions options)
    {
        // Counted by all callers at once, hence fields for interlocked access.
        public int Left = options.Cancels;
        public int Cancelled;
        public int Outran;
        public long Innocents;

        private volatile bool _isOver;

        public CancelStormOptions Options => options;

        public ConcurrentQueue<Exception> Failures { get; } = new();

        public bool IsOver
        {
            get => _isOver;
            set => _isOver = value;
        }

        public void Check(int expected, int actual, string who)
        {
            if (expected != actual)
                Fail(new InvalidOperationException($"The answer of {who} was {actual}, another caller's, instead of {expected}."));
        }

        public void Fail(Exception failure)
        {
            if (Failures.Count < MaxFailures)
                Failures.Enqueue(failure);
        }
    }
}
