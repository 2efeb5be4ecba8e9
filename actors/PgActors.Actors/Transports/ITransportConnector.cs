namespace PgActors.Transports;

/// <summary>Opens transports. One connector serves many sessions; every member is safe to use from many threads at once.</summary>
public interface ITransportConnector
{
    /// <summary>Connects once. Nothing is remembered between two calls: names are resolved anew, a failure is never sticky.</summary>
    /// <param name="endpoint">Where to.</param>
    /// <param name="ct">The only deadline: without it, the wait is as long as the system's own.</param>
    /// <returns>A connected, unencrypted transport, owned by the caller.</returns>
    /// <exception cref="TransportException">No address answered; the text names each one that was tried and what to check.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> ended the wait.</exception>
    ValueTask<ITransport> ConnectAsync(TransportEndpoint endpoint, CancellationToken ct);
}
