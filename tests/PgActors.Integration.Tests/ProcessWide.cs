namespace PgActors.Integration.Tests;

/// <summary>Tests that measure the whole process (its memory, its slabs, its threads) or need both processors: one at a time, alone.</summary>
[CollectionDefinition(nameof(ProcessWide), DisableParallelization = true)]
public sealed class ProcessWide;
