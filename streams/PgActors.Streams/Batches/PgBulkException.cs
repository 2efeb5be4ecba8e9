using System.Globalization;

namespace PgActors;

/// <summary>A bulk of commands came to no good end: a command failed, its source did, or the connection was lost; the inner exception is the
/// first cause. <see cref="Result"/> says how far it came.</summary>
public sealed class PgBulkException : PgException
{
    internal PgBulkException(PgBulkResult result, Exception inner)
        : base(Compose(result, inner), OutcomeOf(result.Commands), (inner as PgException)?.Server, inner) => Result = result;

    /// <summary>What became of the commands.</summary>
    public PgBulkResult Result { get; }

    private static string Compose(PgBulkResult result, Exception inner)
    {
        var commands = result.Commands;
        var cause = result.Failures is [var first, ..] && ReferenceEquals(first.Exception, inner)
            ? string.Create(CultureInfo.InvariantCulture, $"The command of item {first.Item} failed: {inner.Message}")
            : string.Create(CultureInfo.InvariantCulture, $"It ended after {result.Items} items: {inner.Message}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{cause}\n  Of {commands.Total} commands {commands.Succeeded} succeeded, {commands.Failed} failed, "
            + $"{commands.RolledBack + commands.Skipped} were undone or not run, {commands.NotSent} were not sent, "
            + $"of {commands.Unknown} it is unknown.");
    }

    // What partly succeeded must not be repeated as it is.
    private static Outcome OutcomeOf(in PgBatchCounts commands) => commands switch
    {
        { Succeeded: > 0 } or { Unknown: > 0 } => Outcome.Unknown,
        { Total: var total, NotSent: var unsent } when total == unsent => Outcome.NotSent,
        _ => Outcome.RolledBack,
    };
}
