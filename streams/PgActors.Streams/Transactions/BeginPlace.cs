using PgActors.Runtime;

namespace PgActors.Transactions;

/// <summary>The place of a caller who awaits its turn, and may give it up.</summary>
internal sealed class BeginPlace(Dispatcher dispatcher) : ILineMember, IDisposable
{
    private readonly ScheduledCompletion<bool> _turn = new(dispatcher);
    private readonly ScheduledCompletion<bool> _passed = new(dispatcher);

    /// <summary>Ends when it is one's turn; with <see langword="false"/> if the place was given up.</summary>
    public Task<bool> Turn => _turn.Task;

    /// <summary>The place is nobody's, unless its turn has come.</summary>
    public void GiveUp() => _turn.TrySetResult(false);

    /// <summary>The next may pass.</summary>
    public void Dispose() => _passed.TrySetResult(true);

    ValueTask ILineMember.PassAsync(TransactionRoute transaction) => _turn.TrySetResult(true) ? new ValueTask(_passed.Task) : default;
}
