namespace PgActors.Benchmarks.Measuring;

/// <summary>What a process holds, or one session's share of it, in bytes.</summary>
/// <param name="Heap">On the managed heap, after a full collection.</param>
/// <param name="Resident">Of physical memory: heap, the pools' unmanaged parts, thread stacks, code.</param>
internal readonly record struct MemoryUse(double Heap, double Resident);
