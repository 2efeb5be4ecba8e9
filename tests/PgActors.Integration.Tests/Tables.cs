namespace PgActors.Integration.Tests;

/// <summary>Names for what a test creates, so that none meets another's.</summary>
internal static class Tables
{
    private static int _last;

    public static PgIdentifier NewName(string name) => new($"{name}_{Interlocked.Increment(ref _last)}");
}
