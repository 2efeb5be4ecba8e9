using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using PgActors.Queries;
using PgActors.Statements;

namespace PgActors;

/// <content>Values that are too large to be held.</content>
public abstract partial class PgCommands
{
    /// <summary>
    /// Reads one value as a stream: the one column of one row, of up to a gigabyte, with no more memory than <c>stream_window_bytes</c>.
    /// On a database it takes a session of its own, until it is disposed; what is not read stays with the server.
    /// </summary>
    /// <remarks>The bytes are those of the value's binary form: a bytea's own, and UTF-8 for text, json and xml (a jsonb is cast to text
    /// first). <c>PipeReader.Create</c> makes a pipe of it, <c>StreamReader</c> text. Its <see cref="Stream.Length"/> is known. When it
    /// is read to its end the statement has succeeded; disposed before, it is cancelled. Only its asynchronous members read; errors are
    /// those of every query. In a <see cref="PgTransaction"/>, whose other commands may run meanwhile, the value is received
    /// whole.</remarks>
    /// <param name="sql">A statement that returns one row of one column; its values become parameters.</param>
    /// <param name="cancellationToken">Cancels the statement, also while the stream is read.</param>
    /// <returns><see langword="null"/> if no row came, or the value is NULL.</returns>
    /// <exception cref="InvalidOperationException">The result has more than one column; or, when the stream is at its end, more than one
    /// row.</exception>
    /// <exception cref="PgException">It failed; <see cref="PgException.Outcome"/> says how far it got.</exception>
    /// <exception cref="PgCanceledException">It was cancelled.</exception>
    /// <example><code>
    /// await using var picture = await db.QueryStreamAsync($"select data from pictures where id = {id}");
    /// await picture!.CopyToAsync(file);
    /// </code></example>
    [OverloadResolutionPriority(InterpolationFirst)]
    public ValueTask<Stream?> QueryStreamAsync(
        [InterpolatedStringHandlerArgument("")] ref PgSqlHandler sql, CancellationToken cancellationToken = default) =>
        QueryStream(sql.ToCommand(), cancellationToken);

    /// <inheritdoc cref="QueryStreamAsync(ref PgSqlHandler, CancellationToken)"/>
    public ValueTask<Stream?> QueryStreamAsync([ConstantExpected] string sql, CancellationToken cancellationToken = default) =>
        QueryStream(new PgCommand(StatementTexts.Find(sql), null), cancellationToken);

    private ValueTask<Stream?> QueryStream(in PgCommand command, CancellationToken cancellationToken)
    {
        var plan = Plan(command) with { TakesPieces = true };
        return ValueStream.OpenAsync(command.Pending is { } pending
            ? new PendingFeed(pending, plan, _route, cancellationToken)
            : _route.Open(plan, cancellationToken));
    }
}
