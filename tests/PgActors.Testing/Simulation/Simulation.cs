using System.Globalization;
using System.Runtime.ExceptionServices;
using PgActors.Runtime;

namespace PgActors.Testing;

/// <summary>
/// A runtime of one thread, a virtual clock and one seed: the same seed gives the same run, another seed another order of everything that
/// may happen in more than one.
/// </summary>
/// <remarks>
/// For the thread that made it only. A body's plain awaits come back to the simulation. Inside items that are not the body's no
/// synchronization context is set, so that <c>ConfigureAwait(false)</c> continues on the spot. What still escapes to the real thread pool
/// (a <c>Task.Run</c>, a task source that runs continuations asynchronously without a captured context) is outside the seed; when it
/// schedules something here, the simulation fails and says so.
/// </remarks>
public sealed class Simulation
{
    private readonly SimulationDispatcher _dispatcher;
    private readonly SimulationOptions _options;

    /// <summary>Makes a simulation at virtual time 0.</summary>
    public Simulation(int seed, SimulationOptions? options = null)
    {
        _options = options ?? new SimulationOptions();
        Seed = seed;

        // Two generators: an order that does not shift when the code under test draws one number more.
        _dispatcher = new SimulationDispatcher(new Random(seed), Trace, _options.RunsInline);
        Runtime = new ActorRuntime(_dispatcher, Time, new Random(seed ^ 0x5EED));
    }

    /// <summary>The seed.</summary>
    public int Seed { get; }

    /// <summary>What the code under test is given.</summary>
    public ActorRuntime Runtime { get; }

    /// <summary>The clock.</summary>
    public VirtualTime Time { get; } = new();

    /// <summary>What happened so far.</summary>
    public SimulationTrace Trace { get; } = new();

    /// <summary>Items that ran so far.</summary>
    public long Steps => _dispatcher.Steps;

    /// <summary>Runs an action as a step of its own, in an order that the seed decides: for what takes such a schedule, as
    /// <see cref="MemoryConnector"/> and <see cref="ModelServerOptions.Schedule"/> do.</summary>
    public void Schedule(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        _dispatcher.Schedule(new SimulatedAction(action));
    }

    /// <summary>Runs until nothing waits to run. The clock stays.</summary>
    /// <exception cref="SimulationException">An item failed, or the limit of steps was reached.</exception>
    public void RunUntilIdle() => Guarded(
        () =>
        {
            while (TryStep())
            {
            }
        });

    /// <summary>Advances the clock; before the first and after each timer, everything runs until idle.</summary>
    /// <exception cref="SimulationException">An item failed, or a limit was reached.</exception>
    public void Advance(TimeSpan by) => Guarded(
        () =>
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
            var until = Time.Elapsed + by;
            do
            {
                while (TryStep())
                {
                }
            }
            while (TryFire(until));

            Time.Advance(until - Time.Elapsed);
        });

    /// <summary>Runs a body to its end. When nothing waits to run, the clock jumps to the next timer.</summary>
    /// <exception cref="SimulationException">The body or an item failed (the inner exception says how), nothing would ever run again, or a
    /// limit was reached.</exception>
    public void Run(Func<Task> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        Guarded(
            () =>
            {
                var task = Start(body);
                while (!task.IsCompleted)
                {
                    if (TryStep() || TryFire(_options.MaxTime)) continue;
                    throw new SimulationException(
                        Time.NextDue is null
                            ? "deadlock: the body waits, nothing waits to run and no timer is armed"
                            : $"the body still waits after {_options.MaxTime}");
                }

                if (task.Exception is { } failure) ExceptionDispatchInfo.Throw(failure.InnerException!);
                if (task.IsCanceled) throw new SimulationException("the body was cancelled");
            });
    }

    private Task Start(Func<Task> body)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new SimulationContext(_dispatcher));
        try
        {
            return body();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private bool TryStep()
    {
        if (_dispatcher.Steps >= _options.MaxSteps && _dispatcher.Waiting > 0)
        {
            throw new SimulationException($"still running after {_options.MaxSteps} steps");
        }

        return _dispatcher.TryRunNext();
    }

    private bool TryFire(TimeSpan until)
    {
        if (Time.NextDue is not { } due || due > until) return false;
        Trace.Add(string.Create(CultureInfo.InvariantCulture, $"@{due.Ticks}"));
        return Time.TryFireNext(until);
    }

    // The test framework's own context must not leak into what runs here.
    private void Guarded(Action action)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            action();
        }
        catch (Exception exception)
        {
            var last = string.Join('\n', Trace.Lines.TakeLast(20));
            var message = $"Simulation with seed {Seed}, step {Steps}, time {Time.Elapsed}: {exception.Message}\n{last}";
            throw new SimulationException(message, exception);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}
