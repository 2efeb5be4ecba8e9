using System.Threading.Channels;
using PgActors.Benchmarks.Measuring;
using PgActors.Benchmarks.Servers;
using PgActors.Runtime;

namespace PgActors.Benchmarks.Cases;

/// <summary>Posts a second from busy producers to one consumer that only counts: the mailbox alone, beside the framework's channels.</summary>
internal sealed class MailboxPostCase(int producers) : PairedCase
{
    // The default of max_queued_commands.
    private const int Bound = 4096;

    public override string Name => $"mailbox-posts-{producers}";

    public override string Group => "mailbox";

    public override string Description => $"{producers} producer{(producers == 1 ? "" : "s")}, one consumer, at most {Bound:#,0} waiting";

    public override string Operation => "post";

    protected override int Callers => producers;

    protected override IEnumerable<Contender> Contenders(BenchmarkServer server) =>
    [
        new Posts("mailbox", producers, allowInline: true),
        new Posts("mailbox, turns on the pool", producers, allowInline: false),
        new BoundedChannel(producers),
    ];

    /// <summary>Producers on threads of their own; the round is over when the consumer has seen everything.</summary>
    private abstract class Produced(string name, SystemKind kind, int producers) : Contender(name, kind)
    {
        private readonly Message _message = new();
        private TaskCompletionSource? _all;
        private long _left;

        public override int Sessions => 0;

        public sealed override async Task RunAsync(long operations, LatencyLog latencies)
        {
            _left = operations;
            _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var threads = Enumerable.Range(0, producers).Select(_ => new Thread(() => Produce(operations / producers))).ToArray();
            foreach (var thread in threads)
                thread.Start();
            await _all.Task;
            foreach (var thread in threads)
                thread.Join();
            WrongResultException.ThrowIfDifferent(0, _left, Name);
        }

        protected abstract bool TryPost(Message message);

        // Called by one consumer at a time.
        protected void Consume()
        {
            if (--_left == 0)
                _all!.SetResult();
        }

        private void Produce(long count)
        {
            for (var i = 0L; i < count; i++)
            {
                var wait = default(SpinWait);
                while (!TryPost(_message))
                    wait.SpinOnce();
            }
        }
    }

    private sealed class Message : IMailboxWork
    {
        public int Bytes => 64;
    }

    private sealed class Posts : Produced, IMailboxOwner<int, Message>
    {
        private readonly Mailbox<int, Message> _mailbox;
        private readonly bool _allowInline;

        public Posts(string name, int producers, bool allowInline)
            : base(name, SystemKind.PgActors, producers)
        {
            _allowInline = allowInline;
            _mailbox = new Mailbox<int, Message>(ActorRuntime.Default, this, new MailboxBounds(Bound, 16 << 20));
        }

        public bool AcceptsWork => true;

        public void OnControl(in int message)
        {
        }

        public void OnWork(Message message) => Consume();

        public void OnTurnEnding()
        {
        }

        public void OnFault(Exception exception) => Environment.FailFast("A consumer that counts failed.", exception);

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

        protected override bool TryPost(Message message) => _mailbox.TryPost(message, _allowInline) == PostResult.Accepted;
    }

    private sealed class BoundedChannel(int producers) : Produced("bounded channel", SystemKind.Framework, producers)
    {
        private readonly Channel<Message> _channel = Channel.CreateBounded<Message>(
            new BoundedChannelOptions(Bound) { SingleReader = true, SingleWriter = producers == 1 });

        private Task _reading = Task.CompletedTask;

        public override Task OpenAsync(CancellationToken cancellationToken)
        {
            _reading = Task.Run(ReadAsync, CancellationToken.None);
            return Task.CompletedTask;
        }

        public override async ValueTask DisposeAsync()
        {
            _channel.Writer.Complete();
            await _reading;
        }

        protected override bool TryPost(Message message) => _channel.Writer.TryWrite(message);

        private async Task ReadAsync()
        {
            while (await _channel.Reader.WaitToReadAsync())
            {
                while (_channel.Reader.TryRead(out _))
                    Consume();
            }
        }
    }
}
