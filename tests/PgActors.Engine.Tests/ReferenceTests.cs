using PgActors.Testing;

namespace PgActors.Engine.Tests;

public sealed class ReferenceTests
{
    [Fact]
    public void Engine_refers_to_nothing_but_the_framework() =>
        Assert.Empty(AssemblyReferences.OutsideFramework(typeof(Outcome).Assembly));

    [Theory]
    [InlineData("System.Diagnostics.Process")]
    [InlineData("System.IO.Pipelines")]
    [InlineData("System.IO.Pipes")]
    [InlineData("System.Net.NameResolution")]
    [InlineData("System.Net.Security")]
    [InlineData("System.Net.Sockets")]
    [InlineData("System.Threading.Channels")]
    [InlineData("System.Threading.Thread")]
    [InlineData("System.Threading.ThreadPool")]
    public void Engine_does_not_reach_for_the_outside_world(string forbidden) =>
        Assert.DoesNotContain(forbidden, AssemblyReferences.All(typeof(Outcome).Assembly));
}
