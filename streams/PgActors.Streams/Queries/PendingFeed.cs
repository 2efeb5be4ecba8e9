using PgActors.Routes;
using PgActors.Rows;
using PgActors.Statements;

namespace PgActors.Queries;

/// <summary>An execution of a query whose parameters' types are looked up before it begins.</summary>
internal sealed class PendingFeed(PendingCommand pending, RowStreamPlan plan, CommandRoute route, CancellationToken token) : RowFeed
{
    private volatile RowFeed? _feed;

    public override RowLayout? Layout => _feed?.Layout;

    public override async ValueTask<RowBatch?> NextAsync()
    {
        if (_feed is null)
        {
            var command = await pending.ResolveAsync().ConfigureAwait(false);
            var parameters = command.Parameters!.Memory.ToArray();
            var count = command.Parameters.Count;
            var streams = command.Parameters.Streams is { } streamed ? new QueryStreams(streamed) : null;
            command.Parameters.Return();
            route.Check(command.Statement);
            _feed = route.Open(
                plan with { Statement = command.Statement, ParameterCount = count, Parameters = parameters, Streams = streams }, token);
        }

        return await _feed.NextAsync().ConfigureAwait(false);
    }

    public override void Consumed(int bytes) => _feed?.Consumed(bytes);

    public override void Interrupt() => _feed?.Interrupt();

    public override ValueTask DisposeAsync() => _feed?.DisposeAsync() ?? ValueTask.CompletedTask;
}
