using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using PgActors.Types;

namespace PgActors;

/// <summary>A PostgreSQL pg_snapshot: which transactions a query sees (PostgreSQL documentation, "Transaction ID and Snapshot Information
/// Functions"). Immutable; equal if all parts are.</summary>
public readonly struct PgSnapshot : IEquatable<PgSnapshot>
{
    private readonly ImmutableArray<ulong> _inProgress;

    /// <summary>Makes a snapshot.</summary>
    /// <param name="oldestActive">All transactions before it are over.</param>
    /// <param name="next">No transaction from it on is seen.</param>
    /// <param name="inProgress">Those between that were not over, in ascending order.</param>
    public PgSnapshot(ulong oldestActive, ulong next, ImmutableArray<ulong> inProgress)
    {
        OldestActive = oldestActive;
        Next = next;
        _inProgress = inProgress;
    }

    /// <summary>xmin: all transactions before it are over.</summary>
    public ulong OldestActive { get; }

    /// <summary>xmax: no transaction from it on is seen.</summary>
    public ulong Next { get; }

    /// <summary>xip_list: those between that were not over, in ascending order.</summary>
    public ImmutableArray<ulong> InProgress => _inProgress.IsDefault ? [] : _inProgress;

    /// <summary>Whether all parts are the same.</summary>
    public static bool operator ==(PgSnapshot left, PgSnapshot right) => left.Equals(right);

    /// <summary>Whether a part differs.</summary>
    public static bool operator !=(PgSnapshot left, PgSnapshot right) => !left.Equals(right);

    /// <summary>Reads the form that PostgreSQL prints: <c>10:20:10,14,15</c>.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static PgSnapshot Parse(string text) => TextForm.Read(SnapshotCodec.Instance, text, "pg_snapshot");

    /// <inheritdoc cref="Parse"/>
    /// <returns>Whether it is a pg_snapshot.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PgSnapshot value)
        => TextForm.TryRead(SnapshotCodec.Instance, text, out value);

    /// <summary>Whether a query with this snapshot sees what a transaction did, provided that it committed.</summary>
    public bool Sees(ulong transaction)
        => transaction < OldestActive || (transaction < Next && InProgress.AsSpan().BinarySearch(transaction) < 0);

    /// <inheritdoc/>
    public bool Equals(PgSnapshot other)
        => OldestActive == other.OldestActive && Next == other.Next && InProgress.AsSpan().SequenceEqual(other.InProgress.AsSpan());

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is PgSnapshot other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(OldestActive, Next, InProgress.Length);

    /// <summary>The form that PostgreSQL prints.</summary>
    public override string ToString() => TextForm.Of(SnapshotCodec.Instance, this);
}
