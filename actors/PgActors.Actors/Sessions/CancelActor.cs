using PgActors.Protocol;
using PgActors.Transports;

namespace PgActors.Sessions;

/// <summary>
/// One cancel on its own socket: connects to the same address under the same TLS policy, sends CancelRequest, and waits for the end of the
/// stream, since the server signals the backend before it closes. It reports that end exactly once, whatever happened.
/// </summary>
internal sealed class CancelActor : IDisposable
{
    private readonly SessionProfile _profile;
    private readonly CancelRequest _request;
    private readonly bool _encrypts;
    private readonly Action _ended;
    private readonly CancellationTokenSource _stop = new();

    public CancelActor(SessionProfile profile, int processId, WireArray<byte> key, bool encrypts, Action ended)
    {
        _profile = profile;
        _request = new CancelRequest(processId, key);
        _encrypts = encrypts;
        _ended = ended;
    }

    public void Start() => _ = RunAsync();

    /// <summary>Gives the cancel up, if it is still under way.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var stop = _stop.Token;
        try
        {
            var transport = await _profile.Connector.ConnectAsync(_profile.Endpoint, stop).ConfigureAwait(false);
            await using (transport.ConfigureAwait(false))
            {
                // A key that went over TLS is never sent in clear (CVE-2020-25694): without encryption there is no cancel.
                if (!_encrypts || await TryEncryptAsync(transport, stop).ConfigureAwait(false))
                    await SendAndAwaitEndAsync(transport, stop).ConfigureAwait(false);
                transport.Abort();
            }
        }
#pragma warning disable CA1031 // A cancel is a courtesy: if it cannot be delivered, its command's own deadline decides.
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        _ended();
    }

    private async ValueTask<bool> TryEncryptAsync(ITransport transport, CancellationToken stop)
    {
        if (_profile.Startup.Encryption == EncryptionRequest.Negotiate)
        {
            using var ask = new WireWriter(16);
            default(SslRequest).Write(ask);
            await transport.SendAsync(ask.WrittenMemory, stop).ConfigureAwait(false);
            var reply = new byte[1];
            if (await transport.ReceiveAsync(reply, stop).ConfigureAwait(false) != 1 || reply[0] != (byte)'S')
                return false;
        }

        await transport.StartTlsAsync(_profile.Tls, stop).ConfigureAwait(false);
        return true;
    }

    private async ValueTask SendAndAwaitEndAsync(ITransport transport, CancellationToken stop)
    {
        using var writer = new WireWriter(512);
        _request.Write(writer);
        await transport.SendAsync(writer.WrittenMemory, stop).ConfigureAwait(false);
        var end = new byte[16];
        while (await transport.ReceiveAsync(end, stop).ConfigureAwait(false) > 0)
        {
        }
    }
}
