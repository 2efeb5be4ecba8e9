using System.Diagnostics;
using System.Threading.Channels;
using System.Threading.Tasks.Sources;
using PgActors.Benchmarks.Measuring;
using PgActors.Benchmarks.Servers;
using PgActors.Runtime;

namespace PgActors.Benchmarks.Cases;

/// <summary>A caller posts, the actor answers, the caller goes on: what the mailbox adds to a lone command.</summary>
internal sealed class MailboxRoundTripCase : PairedCase
{
    public override string Name => "mailbox-round-trip";

    public override string Group => "mailbox";

    public override string Description => "one caller posts a request and awaits its completion";

    public override string Operation => "round trip";

    protected override IEnumerable<Contender> Contenders(BenchmarkServer server) => [new Posts(), new Channelled()];

    /// <summary>A request and its completion in one, used again and again, on both sides alike.</summary>
    private sealed class Request : AfterTurnWork, IMailboxWork, IValueTaskSource<long>
    {
        private ManualResetValueTaskSourceCore<long> _source;

        public int Bytes => 64;

        public long Number { get; private set; }

        public ValueTask<long> Task => new(this, _source.Version);

        public bool RunsContinuationsAsynchronously
        {
            init => _source.RunContinuationsAsynchronously = value;
        }

        public Request Begin(long number)
        {
            _source.Reset();
            Number = number;
            return this;
        }

        public override void Execute() => _source.SetResult(Number + 1);

        public long GetResult(short token) => _source.GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _source.OnCompleted(continuation, state, token, flags);
    }

    private sealed class Posts : Contender, IMailboxOwner<int, Request>
    {
        private readonly Mailbox<int, Request> _mailbox;

        public Posts()
            : base("mailbox", SystemKind.PgActors) =>
            _mailbox = new Mailbox<int, Request>(ActorRuntime.Default, this, MailboxBounds.Default);

        public override int Sessions => 0;

        public bool AcceptsWork => true;

        public void OnControl(in int message)
        {
        }

        public void OnWork(Request message) => _mailbox.RunAfterTurn(message);

        public void OnTurnEnding()
        {
        }

        public void OnFault(Exception exception) => Environment.FailFast("An actor that echoes failed.", exception);

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

        public override async Task RunAsync(long operations, LatencyLog latencies)
        {
            var request = new Request();
            for (var i = 0L; i < operations; i++)
            {
                var start = Stopwatch.GetTimestamp();
                var answer = request.Begin(i).Task;
                _mailbox.TryPost(request);
                WrongResultException.ThrowIfDifferent(i + 1, await answer, Name);
                latencies[0].RecordSince(start);
            }
        }
    }

    private sealed class Channelled() : Contender("unbounded channel", SystemKind.Framework)
    {
        private readonly Channel<Request> _channel = Channel.CreateUnbounded<Request>(
            new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

        private Task _reading = Task.CompletedTask;

        public override int Sessions => 0;

        public override Task OpenAsync(CancellationToken cancellationToken)
        {
            _reading = Task.Run(ReadAsync, CancellationToken.None);
            return Task.CompletedTask;
        }

        public override async Task RunAsync(long operations, LatencyLog latencies)
        {
            // As the mailbox promises: the caller's continuation never runs inside the reader's loop.
            var request = new Request { RunsContinuationsAsynchronously = true };
            for (var i = 0L; i < operations; i++)
            {
                var start = Stopwatch.GetTimestamp();
                var answer = request.Begin(i).Task;
                _channel.Writer.TryWrite(request);
                WrongResultException.ThrowIfDifferent(i + 1, await answer, Name);
                latencies[0].RecordSince(start);
            }
        }

        public override async ValueTask DisposeAsync()
        {
            _channel.Writer.Complete();
            await _reading;
        }

        private async Task ReadAsync()
        {
            while (await _channel.Reader.WaitToReadAsync())
            {
                while (_channel.Reader.TryRead(out var request))
                    request.Execute();
            }
        }
    }
}
