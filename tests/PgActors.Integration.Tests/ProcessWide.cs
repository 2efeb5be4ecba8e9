namespace PgActors.Integration.Tests;

/// <summary>Tests that measure the whole process (its memory, its slabs, its threads), need both processors, or give a shared server types that
/// nobody else here would understand: one at a time, alone.</summary>
[CollectionDefinition(nameof(ProcessWide), DisableParallelization = true)]
public sealed class ProcessWide;
