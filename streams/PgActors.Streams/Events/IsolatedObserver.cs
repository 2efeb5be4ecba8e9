namespace PgActors.Events;

/// <summary>Keeps an observer's exceptions to itself: the engine goes on, and the other observers hear of everything.</summary>
internal sealed class IsolatedObserver(IObserver<PgEvent> observer) : IObserver<PgEvent>
{
    public void OnNext(PgEvent value) => Isolate(static (target, happened) => target.OnNext(happened!), value);

    public void OnError(Exception error) => Isolate((target, _) => target.OnError(error), null);

    public void OnCompleted() => Isolate(static (target, _) => target.OnCompleted(), null);

    private void Isolate(Action<IObserver<PgEvent>, PgEvent?> call, PgEvent? happened)
    {
        try
        {
            call(observer, happened);
        }
#pragma warning disable CA1031 // Whatever an observer throws is its own.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
