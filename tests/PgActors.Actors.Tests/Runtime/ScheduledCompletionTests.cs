using PgActors.Runtime;

namespace PgActors.Actors.Tests.Runtime;

public sealed class ScheduledCompletionTests
{
    private readonly Recorder _dispatcher = new();

    [Fact]
    public void Decision_that_somebody_waits_for_is_told_as_an_item_of_the_dispatcher()
    {
        var completion = new ScheduledCompletion<int>(_dispatcher);
        var task = completion.Task;
        Assert.True(completion.TrySetResult(1));

        Assert.False(task.IsCompleted);
        Assert.Single(_dispatcher.Items).Execute();
        Assert.True(task.IsCompletedSuccessfully);
    }

    [Fact]
    public void Decision_that_nobody_has_asked_for_schedules_nothing()
    {
        var completion = new ScheduledCompletion<int>(_dispatcher);
        Assert.True(completion.TrySetResult(1));
        Assert.False(completion.TrySetException(new TimeoutException()));

        Assert.True(completion.Task.IsCompletedSuccessfully);
        Assert.Same(completion.Task, completion.Task);
        Assert.Empty(_dispatcher.Items);
    }

    [Fact]
    public void Failure_that_nobody_has_asked_for_is_there_when_somebody_does()
    {
        var completion = new ScheduledCompletion<int>(_dispatcher);
        Assert.True(completion.TrySetException(new TimeoutException()));

        Assert.IsType<TimeoutException>(completion.Task.Exception?.InnerException);
    }

    private sealed class Recorder : Dispatcher
    {
        public List<IThreadPoolWorkItem> Items { get; } = [];

        public override bool RunsInline => false;

        public override void Schedule(IThreadPoolWorkItem item) => Items.Add(item);

        public override void ScheduleLocal(IThreadPoolWorkItem item) => Items.Add(item);
    }
}
