namespace PgActors.Transactions;

/// <summary>What was found out about a transaction.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Reason">Why it could not be found out; empty if it could.</param>
internal readonly record struct CommitFate(CommitFateKind Kind, string Reason)
{
    public static CommitFate Unknown(string reason) => new(CommitFateKind.Unknown, reason);
}
