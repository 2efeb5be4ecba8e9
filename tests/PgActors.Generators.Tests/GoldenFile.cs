namespace PgActors.Generators.Tests;

/// <summary>Text that was looked at once and must stay as it is.</summary>
internal static class GoldenFile
{
    internal static void Check(string name, string actual)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Golden", name + ".txt");
        var expected = File.ReadAllText(path).ReplaceLineEndings("\n");
        if (expected == actual)
            return;
        var received = Path.ChangeExtension(path, ".received.txt");
        File.WriteAllText(received, actual);
        Assert.Fail(
            $"{name} is not as it was; what it is now lies in {received}. If that is right, put it in the place of Golden/{name}.txt.");
    }
}
