namespace PgActors.Runtime;

/// <summary>What a waiting line asks of its mailbox.</summary>
internal interface IRoom<TWork>
{
    /// <summary>Takes the work into the lane if it fits, without waking the mailbox.</summary>
    PostResult TryAdmit(TWork work, int bytes);

    /// <summary>Wakes the mailbox for work that was admitted outside a turn.</summary>
    void WakeForAdmitted();
}
