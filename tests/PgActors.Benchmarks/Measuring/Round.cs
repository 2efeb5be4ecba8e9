namespace PgActors.Benchmarks.Measuring;

/// <summary>What one round of one contender cost.</summary>
/// <param name="Rate">Operations a second.</param>
/// <param name="ClientCpu">Processor time of this process, microseconds an operation.</param>
/// <param name="ServerCpu">Processor time of the server's processes, microseconds an operation; null where it cannot be had.</param>
/// <param name="Bytes">Bytes allocated an operation.</param>
/// <param name="P50">Median duration of an operation in microseconds; null where operations are not timed one by one.</param>
/// <param name="P99">The duration in microseconds that 1 in 100 operations exceeds.</param>
/// <param name="Collections">Garbage collections of the generations 0, 1 and 2.</param>
/// <param name="Foreign">Share of the machine's processor time, 0 to 1, that went to neither this process nor the server: how noisy the
/// round was. Null where it cannot be had.</param>
/// <param name="Idle">What an open session takes while it does nothing; null where that is not measured.</param>
internal readonly record struct Round(
    double Rate,
    double ClientCpu,
    double? ServerCpu,
    double Bytes,
    double? P50,
    double? P99,
    (int Gen0, int Gen1, int Gen2) Collections,
    double? Foreign,
    MemoryUse? Idle = null);
