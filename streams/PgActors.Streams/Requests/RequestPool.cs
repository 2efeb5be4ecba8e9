using System.Collections.Concurrent;

namespace PgActors.Requests;

/// <summary>Finished requests of one kind, or what they were made with, to be used again: an awaited command allocates neither a completion
/// nor a buffer of its own. A thread keeps one to itself, which spares a lone caller, and most of a burst, the shared queue.</summary>
internal static class RequestPool<TRequest>
    where TRequest : class, new()
{
    // As many as ten thousand callers have under way, with what they encode into some megabytes. Beyond it they were a burst's, and are left
    // to the collector.
    private const int Capacity = 16 * 1024;

    private static readonly ConcurrentQueue<TRequest> Requests = new();

    [ThreadStatic]
    private static TRequest? _own;

    public static TRequest Rent()
    {
        var own = _own;
        if (own is not null)
        {
            _own = null;
            return own;
        }

        return Requests.TryDequeue(out var request) ? request : new TRequest();
    }

    public static void Return(TRequest request)
    {
        if (_own is null)
            _own = request;
        else if (Requests.Count < Capacity)
            Requests.Enqueue(request);
    }
}
