namespace PgActors.Integration.Tests.Mistakes;

/// <summary>What every message about a mistake must be: made of what its reader needs, and free of secrets.</summary>
internal static class Failures
{
    /// <summary>The password of every connection text of these tests.</summary>
    public const string Secret = "s3cr3t-w0rd";

    public static async Task<PgConnectionException> OfConnectingAsync(string text) =>
        Clean(await Assert.ThrowsAsync<PgConnectionException>(
            () => PgDatabase.ConnectAsync(PgConnectionOptions.Parse(text), cancellationToken: TestContext.Current.CancellationToken)));

    /// <summary>Checks that the message has all the parts.</summary>
    public static void Says(this Exception exception, params ReadOnlySpan<string> parts)
    {
        Clean(exception);
        foreach (var part in parts)
            Assert.Contains(part, exception.Message, StringComparison.Ordinal);
    }

    private static TException Clean<TException>(TException exception)
        where TException : Exception
    {
        Assert.DoesNotContain(Secret, exception.ToString(), StringComparison.Ordinal);
        return exception;
    }
}
