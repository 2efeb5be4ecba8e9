using PgActors.Runtime;
using PgActors.Sessions;

namespace PgActors.Transactions;

/// <summary>
/// Who came to a transaction while BEGIN was on its way, in that order. It is held until it is known what became of BEGIN, and then lets one
/// after the other pass, each when the one before it has been posted. Whoever comes while it moves joins behind. Safe for all threads.
/// </summary>
/// <param name="transaction">Whose line it is.</param>
/// <param name="dispatcher">Lets it move.</param>
internal sealed class BeginLine(TransactionRoute transaction, Dispatcher dispatcher) : IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private readonly Queue<ILineMember> _members = [];

    // Under the lock; each of them closes the line.
    private bool _isHeld;
    private bool _isMoving;

    // Written under the lock.
    private volatile bool _isClosed;

    /// <summary>Whether those who come must join it.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>BEGIN is about to go: nobody passes any more.</summary>
    public void Hold()
    {
        lock (_lock)
            _isClosed = _isHeld = true;
    }

    /// <summary>It is known what became of BEGIN, and the transaction's phase says so.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _isHeld = false;
            if (_isMoving)
                return;
            _isClosed = _isMoving = _members.Count > 0;
            if (!_isMoving)
                return;
        }

        dispatcher.Schedule(this);
    }

    /// <summary>Joins, unless the line is open.</summary>
    public bool TryJoin(ILineMember member)
    {
        lock (_lock)
        {
            if (!_isClosed)
                return false;
            _members.Enqueue(member);
            return true;
        }
    }

    /// <summary>Waits for one's turn. The others wait until the place is disposed of.</summary>
    /// <returns>The place; <see langword="null"/> if the line is open.</returns>
    /// <exception cref="PgCanceledException">The wait was given up.</exception>
    public async ValueTask<BeginPlace?> EnterAsync(CancellationToken cancellationToken)
    {
        if (!_isClosed)
            return null;
        var place = new BeginPlace(dispatcher);
        if (!TryJoin(place))
            return null;
        await using var given = cancellationToken.UnsafeRegister(static place => ((BeginPlace)place!).GiveUp(), place).ConfigureAwait(false);
        return await place.Turn.ConfigureAwait(false) ? place : throw RequestFailure.GivenUp(transaction.Server, null, cancellationToken);
    }

    void IThreadPoolWorkItem.Execute() => _ = MoveAsync();

    private async Task MoveAsync()
    {
        while (TryTakeNext() is { } member)
            await member.PassAsync(transaction).ConfigureAwait(false);
    }

    // Nobody, if one who has passed leads BEGIN again, since it was not sent.
    private ILineMember? TryTakeNext()
    {
        lock (_lock)
        {
            if (!_isHeld && _members.TryDequeue(out var member))
                return member;
            _isMoving = false;
            _isClosed = _isHeld;
            return null;
        }
    }
}
