using System.Diagnostics.CodeAnalysis;
using PgActors.Protocol;
using PgActors.Transports;

namespace PgActors.Testing;

/// <summary>One connection of a <see cref="ModelServer"/>: a session, or a cancel request. One loop serves it; what is public may be used
/// from any thread.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The loop disposes what it owns when it ends.")]
public sealed class ModelConnection
{
    // Keys of neighbours differ in every byte.
    private const int KeyStride = 37;

    private readonly ModelServer _server;
    private readonly ScriptedConnection _wire;
    private readonly ModelLog _log;
    private readonly ModelBackend _backend;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _lifetime;
    private readonly TaskCompletionSource _completion = new();

    // Guards what follows. A wait is settled after the gate is left, by whoever withdrew it.
    private readonly Lock _gate = new();
    private StartupMessage? _startup;
    private BackendKeyData? _key;
    private TransactionStatus _status = TransactionStatus.Idle;
    private ModelFaults _faults;
    private PgError? _farewell;
    private bool _isRunning;
    private bool _isCancelRequested;
    private MemoryWait<bool>? _wait;
    private string _waitName = "";
    private long _messages;
    private long _bytesSent;

    internal ModelConnection(
        ModelServer server, int number, ITransport transport, ModelLog log, ModelFaults faults, CancellationToken lifetime)
    {
        _server = server;
        Number = number;
        _wire = new ScriptedConnection(transport);
        _log = log;
        _backend = new ModelBackend(log);
        _faults = faults;
        _lifetime = lifetime;
    }

    /// <summary>Its place among the server's connections, from 1.</summary>
    public int Number { get; }

    /// <summary>The process id in its BackendKeyData.</summary>
    public int ProcessId => _server.Options.Startup.ProcessId + Number;

    /// <summary>What the client asked for, once it has.</summary>
    public StartupMessage? Startup => Read(() => _startup);

    /// <summary>The cancel key, once the session is ready.</summary>
    public BackendKeyData? Key => Read(() => _key);

    /// <summary>Where the session stood when the loop last looked for a message.</summary>
    public TransactionStatus Status => Read(() => _status);

    /// <summary>What it ran, in order; empty if the server keeps no log.</summary>
    public IReadOnlyList<ModelStatement> Log => _log.Statements;

    /// <summary>Messages received, the first packets included.</summary>
    public long MessagesReceived => Interlocked.Read(ref _messages);

    /// <summary>Bytes sent.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    /// <summary>Ends with the connection. It fails only by a defect of the model itself, never by what a client does.</summary>
    public Task Completion => _completion.Task;

    /// <summary>What goes wrong from now on. The counts begin with the connection.</summary>
    public ModelFaults Faults
    {
        get => Read(() => _faults);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            lock (_gate)
                _faults = value;
        }
    }

    /// <summary>Breaks the connection off: the client sees a reset, and what was not committed is rolled back.</summary>
    public void Abort() => _wire.Abort();

    /// <summary>Ends the session as an administrator does: with a FATAL error, as soon as the loop waits for a message or for a
    /// release.</summary>
    /// <param name="error">What is said; <see langword="null"/> for 57P01.</param>
    public void Terminate(PgError? error = null)
    {
        lock (_gate)
            _farewell ??= error ?? ServerErrors.Fatal(SqlStates.AdminShutdown, "terminating connection due to administrator command");
        _stop.Cancel();
    }

    /// <summary>A cancel request named this session.</summary>
    /// <returns>Whether a statement runs that it ends.</returns>
    internal bool RequestCancel()
    {
        MemoryWait<bool>? wait;
        string name;
        lock (_gate)
        {
            if (!_isRunning)
                return false;
            _isCancelRequested = true;
            (wait, name) = (_wait, _waitName);
        }

        if (wait is not null && _server.Gates.TryWithdraw(name, wait))
            wait.Complete(false);
        return true;
    }

    internal async Task RunAsync()
    {
        try
        {
            using var lifetime = _lifetime.Register(_stop.Cancel);
            try
            {
                await ServeAsync().ConfigureAwait(false);
            }
            finally
            {
                _backend.OnConnectionLost();
                _server.OnEnded(this);
                await _wire.CloseAsync().ConfigureAwait(false);
                _backend.Dispose();
            }
        }
        catch (Exception defect)
        {
            _completion.TrySetException(defect);
            return;
        }

        _completion.TrySetResult();
    }

    private async Task ServeAsync()
    {
        try
        {
            if (await StartAsync().ConfigureAwait(false))
                await AnswerAsync().ConfigureAwait(false);
        }
        catch (TransportException)
        {
            // The client is gone. That is the end of any session.
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            await SayFarewellAsync().ConfigureAwait(false);
        }
    }

    private async Task SayFarewellAsync()
    {
        if (Read(() => _farewell) is not { } error)
        {
            Abort();
            return;
        }

        try
        {
            _backend.Output.Append(new ErrorResponse(error));
            await SendOutputAsync().ConfigureAwait(false);
        }
        catch (TransportException)
        {
            // Nobody is there to hear it.
        }
    }

    /// <summary>Everything up to the first ReadyForQuery.</summary>
    /// <returns>Whether there is a session.</returns>
    private async Task<bool> StartAsync()
    {
        while (await NextAsync().ConfigureAwait(false) is { Message: { } message })
        {
            switch (message)
            {
                case SslRequest when _server.Options.Startup.AcceptsTls:
                    if (_wire.BufferedBytes > 0)
                        return false;
                    await _wire.AnswerTlsAsync(_server.Options.Startup.TlsHandshake, _stop.Token).ConfigureAwait(false);
                    Interlocked.Increment(ref _bytesSent);
                    break;
                case StartupMessage asked:
                    return await WelcomeAsync(asked).ConfigureAwait(false);
                case CancelRequest cancel:
                    _server.Cancel(cancel);
                    return false;
                default:
                    _backend.Output.WriteByte((byte)'N');
                    if (!await SendOutputAsync().ConfigureAwait(false))
                        return false;
                    break;
            }
        }

        return false;
    }

    private async Task<bool> WelcomeAsync(StartupMessage asked)
    {
        var user = Parameter(asked, "user");
        var answer = new StartupAnswer(
            asked, StartupFor(user, Parameter(asked, "application_name") ?? ""), keySeed: KeyStride * Number);
        lock (_gate)
            _startup = asked;
        if (Refusal(asked, answer, user) is { } refusal)
        {
            _backend.Output.Append(new ErrorResponse(refusal));
            await SendOutputAsync().ConfigureAwait(false);
            return false;
        }

        foreach (var message in answer.Prelude.Concat(answer.Welcome))
            message.Write(_backend.Output);
        _wire.Phase = FrontendPhase.Session;
        lock (_gate)
            _key = answer.Key;
        _server.Counters.RecordSession();
        return await SendOutputAsync().ConfigureAwait(false);
    }

    private ScriptedStartup StartupFor(string? user, string applicationName)
    {
        var startup = _server.Options.Startup;
        return startup with
        {
            ProcessId = ProcessId,
            SecretKey = null,
            Settings =
            [
                .. startup.Settings.Select(setting => setting.Name switch
                {
                    "application_name" => setting with { Value = applicationName },
                    "session_authorization" => setting with { Value = user ?? "" },
                    _ => setting,
                }),
            ],
        };
    }

    private PgError? Refusal(StartupMessage asked, StartupAnswer answer, string? user)
    {
        if (!answer.IsSupported)
        {
            return ServerErrors.Fatal(
                SqlStates.FeatureNotSupported,
                $"unsupported frontend protocol {asked.Version}: server supports 3.0 to {_server.Options.Startup.MaxVersion}");
        }

        return string.IsNullOrEmpty(user)
            ? ServerErrors.Fatal(SqlStates.InvalidAuthorizationSpecification, "no PostgreSQL user name specified in startup packet")
            : _server.Options.Refuse?.Invoke(asked);
    }

    private static string? Parameter(StartupMessage asked, string name)
    {
        string? value = null;
        foreach (var parameter in asked.Parameters)
        {
            if (parameter.Name == name)
                value = parameter.Value;
        }

        return value;
    }

    private async Task AnswerAsync()
    {
        while (await NextAsync().ConfigureAwait(false) is { Kind: not FrontendReadKind.End } read)
        {
            var step = _backend.On(read);
            while (step != ModelStep.Read)
            {
                SetRunning(step != ModelStep.Close);
                if ((_backend.WantsFlush || step == ModelStep.Close) && !await SendOutputAsync().ConfigureAwait(false))
                    return;
                if (step == ModelStep.Close)
                    return;
                var goesOn = step == ModelStep.Drain ? !Read(() => _isCancelRequested) : await WaitAsync().ConfigureAwait(false);
                step = !goesOn ? _backend.OnCancelled() : step == ModelStep.Drain ? _backend.OnDrained() : _backend.OnReleased();
            }

            SetRunning(false);
            if (_backend.WantsFlush && !await SendOutputAsync().ConfigureAwait(false))
                return;
        }
    }

    /// <summary>The next read; <see langword="null"/> when a fault ends the connection.</summary>
    private async Task<FrontendRead?> NextAsync()
    {
        var read = await _wire.ReadAsync(_stop.Token).ConfigureAwait(false);
        if (read.Kind == FrontendReadKind.End)
            return read;
        var messages = Interlocked.Increment(ref _messages);
        if (Faults.CloseAtMessage <= messages)
        {
            await CutAsync().ConfigureAwait(false);
            return null;
        }

        if (read.Message is { } message && Faults.HoldBefore?.Invoke(message) is { } name)
            await _server.Gates.PassAsync(name, _server.Gates.Arrive(name), _stop.Token).ConfigureAwait(false);
        return read;
    }

    /// <summary>Sends what was said.</summary>
    /// <returns><see langword="false"/> when a fault ended the connection.</returns>
    private async Task<bool> SendOutputAsync()
    {
        var output = _backend.Output.WrittenMemory;
        var rest = Faults.CloseAfterBytes is { } limit ? Math.Max(0, limit - BytesSent) : long.MaxValue;
        var isCut = output.Length >= rest;
        if (isCut)
            output = output[..(int)rest];
        if (!output.IsEmpty)
            await _wire.SendRawAsync(output, CancellationToken.None).ConfigureAwait(false);
        Interlocked.Add(ref _bytesSent, output.Length);
        _backend.OnSent();
        if (isCut)
            await CutAsync().ConfigureAwait(false);
        return !isCut;
    }

    private async Task CutAsync()
    {
        if (Faults.Resets)
            Abort();
        else
            await _wire.CloseAsync().ConfigureAwait(false);
    }

    /// <summary>Waits for what the statement waits for.</summary>
    /// <returns><see langword="false"/> if it was cancelled.</returns>
    private async Task<bool> WaitAsync()
    {
        var name = _backend.WaitName;
        MemoryWait<bool>? wait;
        lock (_gate)
        {
            // Under the gate, so that a cancel request either is seen here or finds the wait.
            if (_isCancelRequested)
                return false;
            _wait = wait = _server.Gates.Arrive(name);
            _waitName = name;
        }

        var isReleased = await _server.Gates.PassAsync(name, wait, _stop.Token).ConfigureAwait(false);
        lock (_gate)
            _wait = null;
        return isReleased;
    }

    private void SetRunning(bool isRunning)
    {
        lock (_gate)
        {
            _isRunning = isRunning;
            if (isRunning)
                return;
            _isCancelRequested = false;
            _status = _backend.Status;
        }
    }

    private T Read<T>(Func<T> value)
    {
        lock (_gate)
            return value();
    }
}
