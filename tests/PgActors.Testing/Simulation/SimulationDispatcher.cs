using System.Runtime.CompilerServices;
using PgActors.Runtime;

namespace PgActors.Testing;

/// <summary>
/// Runs everything on one thread, one item at a time, and picks the next among those that wait by a seeded chance: each seed is one
/// interleaving, and a defect that depends on order comes back with its seed.
/// </summary>
/// <remarks>
/// Whatever schedules from another thread has left the simulation (through the real thread pool or a real timer). Its item is not run;
/// <see cref="TryRunNext"/> reports it.
/// </remarks>
public sealed class SimulationDispatcher : Dispatcher
{
    private readonly List<IThreadPoolWorkItem> _waiting = [];
    private readonly ConditionalWeakTable<IThreadPoolWorkItem, string> _names = [];
    private readonly Dictionary<string, int> _namesPerType = [];
    private readonly SimulationTrace _trace;
    private readonly Random _random;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private volatile string? _stray;

    /// <summary>Makes a dispatcher for the current thread.</summary>
    /// <param name="random">Picks the next item; used by nobody else, so that the order does not depend on what they draw.</param>
    /// <param name="trace">Where each item that runs is noted.</param>
    /// <param name="runsInline">What <see cref="RunsInline"/> answers.</param>
    public SimulationDispatcher(Random random, SimulationTrace trace, bool runsInline = false)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(trace);
        _random = random;
        _trace = trace;
        RunsInline = runsInline;
    }

    /// <inheritdoc />
    public override bool RunsInline { get; }

    /// <summary>Items that wait.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Items that ran.</summary>
    public long Steps { get; private set; }

    /// <inheritdoc />
    public override void Schedule(IThreadPoolWorkItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (Environment.CurrentManagedThreadId == _thread) _waiting.Add(item);
        else _stray ??= $"{Describe(item.GetType())} was scheduled from another thread:\n{Environment.StackTrace}";
    }

    /// <inheritdoc />
    public override void ScheduleLocal(IThreadPoolWorkItem item) => Schedule(item);

    /// <summary>Runs one of the items that wait.</summary>
    /// <returns>False if none waits.</returns>
    /// <exception cref="SimulationException">Something scheduled from another thread.</exception>
    public bool TryRunNext()
    {
        if (_stray is { } stray) throw new SimulationException(stray);
        if (_waiting.Count == 0) return false;
        var index = _random.Next(_waiting.Count);
        var item = _waiting[index];
        _waiting.RemoveAt(index);
        Steps++;
        _trace.Add($"{index}/{_waiting.Count + 1} {NameOf(item)}");
        item.Execute();
        return true;
    }

    // Type and number in order of appearance: the same in every run, unlike an address or a hash code. A completion has no number: it may
    // come from a pool that outlives the run, and which object a pool gives is not the seed's.
    private string NameOf(IThreadPoolWorkItem item)
    {
        if (item is AfterTurnWork) return Describe(item.GetType());
        if (_names.TryGetValue(item, out var name)) return name;
        var type = Describe(item.GetType());
        _namesPerType.TryGetValue(type, out var number);
        _namesPerType[type] = ++number;
        name = $"{type}#{number}";
        _names.Add(item, name);
        return name;
    }

    private static string Describe(Type type)
    {
        if (!type.IsGenericType) return type.Name;
        var arguments = string.Join(',', type.GetGenericArguments().Select(Describe));

        // A type nested in a generic one is generic without a mark of its own.
        return $"{type.Name.Split('`')[0]}<{arguments}>";
    }
}
