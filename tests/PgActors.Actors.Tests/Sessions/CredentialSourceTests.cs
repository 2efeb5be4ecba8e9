using PgActors.Runtime;
using PgActors.Sessions;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>One question at a time, and no answer for longer than it is asked for.</summary>
public sealed class CredentialSourceTests
{
    private static readonly PgCredentials Given = new("app", "secret");

    private readonly Simulation _simulation = new(1);
    private readonly Queue<ScheduledCompletion<PgCredentials>> _questions = new();
    private int _asked;

    [Fact]
    public void Those_who_ask_at_the_same_time_share_one_answer_and_the_next_asks_anew() => _simulation.Run(async () =>
    {
        var source = Make();
        Task<PgCredentials>[] waiting = [.. Enumerable.Range(0, 5).Select(_ => source.GetAsync(CancellationToken.None))];
        Assert.Equal(1, _asked);
        _questions.Dequeue().TrySetResult(Given);
        Assert.All(await Task.WhenAll(waiting), given => Assert.Same(Given, given));

        var next = source.GetAsync(CancellationToken.None);
        Assert.Equal(2, _asked);
        _questions.Dequeue().TrySetResult(Given with { User = "other" });
        Assert.Equal("other", (await next).User);
    });

    [Fact]
    public void Failure_reaches_all_who_wait_and_nobody_else() => _simulation.Run(async () =>
    {
        var source = Make();
        Task<PgCredentials>[] waiting = [source.GetAsync(CancellationToken.None), source.GetAsync(CancellationToken.None)];
        _questions.Dequeue().TrySetException(new InvalidOperationException("locked"));
        foreach (var one in waiting)
            await Assert.ThrowsAsync<InvalidOperationException>(() => one);

        var next = source.GetAsync(CancellationToken.None);
        _questions.Dequeue().TrySetResult(Given);
        Assert.Same(Given, await next);
    });

    [Fact]
    public void Who_gives_up_leaves_the_others_waiting() => _simulation.Run(async () =>
    {
        var source = Make();
        using var leaves = new CancellationTokenSource();
        var leaving = source.GetAsync(leaves.Token);
        var staying = source.GetAsync(CancellationToken.None);
        leaves.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);

        _questions.Dequeue().TrySetResult(Given);
        Assert.Same(Given, await staying);
    });

    [Fact]
    public void Answer_that_takes_too_long_is_given_up() => _simulation.Run(async () =>
    {
        var source = Make();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => source.GetAsync(CancellationToken.None));
        Assert.Equal(TimeSpan.FromSeconds(5), _simulation.Time.Elapsed);
    });

    private CredentialSource Make() => new(
        token =>
        {
            _asked++;
            var question = new ScheduledCompletion<PgCredentials>(_simulation.Runtime.Dispatcher);
            token.Register(() => question.TrySetException(new OperationCanceledException(token)));
            _questions.Enqueue(question);
            return new(question.Task);
        },
        _simulation.Runtime.Dispatcher,
        _simulation.Time,
        TimeSpan.FromSeconds(5));
}
