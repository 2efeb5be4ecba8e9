namespace PgActors.Streams.Tests;

/// <summary>Tests that look at what is shared by the whole process, such as a pool: none runs beside another.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RunAlone
{
    public const string Name = "Run alone";
}
