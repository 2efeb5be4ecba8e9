namespace PgActors.Runtime;

/// <summary>
/// How much work may wait in a mailbox. At the bound <see cref="Mailbox{TControl,TWork}.TryPost"/> refuses and
/// <see cref="Mailbox{TControl,TWork}.PostAsync"/> waits. Both bounds hold at once; a message larger than
/// <paramref name="MaxBytes"/> is taken when the lane is empty, so that none is impossible to post.
/// </summary>
/// <param name="MaxCommands">Messages, 1 to <see cref="LargestMaxCommands"/>.</param>
/// <param name="MaxBytes">Bytes, 1 to <see cref="LargestMaxBytes"/>.</param>
public readonly record struct MailboxBounds(int MaxCommands, long MaxBytes)
{
    /// <summary>The largest <see cref="MaxCommands"/>: 4 Mi. Both counts share one 64-bit word, so that they change together.</summary>
    public const int LargestMaxCommands = 1 << 22;

    /// <summary>The largest <see cref="MaxBytes"/>: 512 GiB.</summary>
    public const long LargestMaxBytes = 1L << 39;

    /// <summary>1,024 commands and 16 MiB: some milliseconds of a busy session's work, far more than pipelining can use.</summary>
    public static MailboxBounds Default => new(1024, 16 << 20);
}
