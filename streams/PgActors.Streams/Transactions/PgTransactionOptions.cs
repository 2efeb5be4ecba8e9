namespace PgActors;

/// <summary>How a transaction is begun, and whether it is tried again. Immutable; an isolation alone converts to it.</summary>
public sealed record PgTransactionOptions
{
    /// <summary>The server's defaults, one attempt.</summary>
    public static PgTransactionOptions Default { get; } = new();

    /// <summary>How much it sees of others.</summary>
    public PgIsolation Isolation { get; init; }

    /// <summary>Whether it only reads; <see langword="null"/>: as the server's <c>default_transaction_read_only</c> says.</summary>
    public bool? IsReadOnly { get; init; }

    /// <summary>Whether a serializable, read-only transaction first waits for a moment from which it can neither fail nor make others
    /// fail.</summary>
    public bool IsDeferrable { get; init; }

    /// <summary>How often <c>InTransactionAsync</c> runs its work at most, if the server ends the transaction because of a conflict with others
    /// (40001, 40P01): 1, the default, is once. The work must do nothing outside the transaction that cannot be done twice.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxAttempts
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1;

    /// <summary>The longest wait before the second attempt; it doubles with each, and the wait is a random part of it ("full jitter"). 10
    /// ms.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan RetryBackoff
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromMilliseconds(10);

    /// <summary>The isolation, and the defaults otherwise.</summary>
    public static implicit operator PgTransactionOptions(PgIsolation isolation) => FromPgIsolation(isolation);

    /// <summary>The isolation, and the defaults otherwise; by name, for languages without implicit conversions.</summary>
    public static PgTransactionOptions FromPgIsolation(PgIsolation isolation) => new() { Isolation = isolation };

    /// <summary>The statement that begins it (PostgreSQL documentation, BEGIN).</summary>
    internal string BeginText
    {
        get
        {
            var isolation = Isolation switch
            {
                PgIsolation.ServerDefault => "",
                PgIsolation.ReadCommitted => " ISOLATION LEVEL READ COMMITTED",
                PgIsolation.RepeatableRead => " ISOLATION LEVEL REPEATABLE READ",
                PgIsolation.Serializable => " ISOLATION LEVEL SERIALIZABLE",
            };
            var access = IsReadOnly switch { null => "", true => " READ ONLY", false => " READ WRITE" };
            return $"BEGIN{isolation}{access}{(IsDeferrable ? " DEFERRABLE" : "")}";
        }
    }
}
