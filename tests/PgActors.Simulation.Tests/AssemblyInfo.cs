// A simulation is one thread, and what it is checked for includes counters of the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
