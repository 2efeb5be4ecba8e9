using PgActors.Protocol;
using PgActors.Requests;
using PgActors.Sessions;
using PgActors.Statements;

namespace PgActors.Streams.Tests.Requests;

/// <summary>A command that ends before its caller waits for it is completed without a work item; otherwise the caller's code is never run by
/// whoever completes it so.</summary>
public sealed class UnawaitedCompletionTests
{
    private const int Rows = 7;

    [Fact]
    public async Task Nobody_waits_and_the_result_is_there()
    {
        var request = Ended(CommandEnd.Succeeded);
        var answer = request.Task;

        Assert.True(request.TryCompleteUnawaited());
        Assert.True(answer.IsCompletedSuccessfully);
        Assert.Equal(Rows, await answer);
    }

    [Fact]
    public async Task Nobody_waits_and_the_error_is_there()
    {
        var request = Ended(CommandEnd.NotSent);
        var answer = request.Task;

        Assert.True(request.TryCompleteUnawaited());
        Assert.True(answer.IsCompleted);
        Assert.Equal(Outcome.NotSent, (await Assert.ThrowsAsync<PgConnectionException>(async () => await answer)).Outcome);
    }

    [Fact]
    public async Task Somebody_waits_and_nothing_happens_before_the_work_item()
    {
        var request = Ended(CommandEnd.Succeeded);
        var answer = request.Task.AsTask();

        Assert.False(request.TryCompleteUnawaited());
        Assert.False(answer.IsCompleted);
        request.Execute();
        Assert.Equal(Rows, await answer);
    }

    [Fact]
    public async Task Object_that_was_completed_so_is_awaited_as_any_when_it_is_used_again()
    {
        var request = Ended(CommandEnd.Succeeded);
        var first = request.Task;
        Assert.True(request.TryCompleteUnawaited());
        Assert.Equal(Rows, await first);

        End(request, CommandEnd.Succeeded);
        var second = request.Task.AsTask();
        Assert.False(request.TryCompleteUnawaited());
        request.Execute();
        Assert.Equal(Rows, await second);
    }

    // Both orders come about many times, and every command has its result once.
    [Fact]
    public async Task Caller_who_begins_to_wait_at_that_moment_goes_on_once()
    {
        const int Count = 20_000;
        var requests = Enumerable.Range(0, Count).Select(_ => Ended(CommandEnd.Succeeded)).ToArray();
        var answers = requests.Select(request => request.Task).ToArray();
        using var start = new Barrier(2);
        var completer = new Thread(() =>
        {
            start.SignalAndWait(TestContext.Current.CancellationToken);
            foreach (var request in requests)
            {
                if (!request.TryCompleteUnawaited())
                    ThreadPool.UnsafeQueueUserWorkItem(request, preferLocal: false);
            }
        });
        completer.Start();
        start.SignalAndWait(TestContext.Current.CancellationToken);
        var rows = 0L;
        foreach (var answer in answers)
            rows += await answer;
        completer.Join();

        Assert.Equal((long)Rows * Count, rows);
    }

    private static ExecuteRequest Ended(CommandEnd end)
    {
        var request = new ExecuteRequest();
        End(request, end);
        return request;
    }

    private static void End(ExecuteRequest request, CommandEnd end)
    {
        request.Prepare(new PgCommand(StatementTexts.Find("insert into t values (1)"), null), null, CancellationToken.None);
        var finished = new FinishedCommand(default, end, null, new CommandTag("INSERT", Rows), default, false, StatementSafety.MayCommit);
        var failure = end == CommandEnd.Succeeded ? null : new SessionFailure(SessionFailureKind.ConnectionLost, "It was cut.");
        request.OnEnded(new RequestEnd(finished, failure, false, "server", 0));
    }
}
