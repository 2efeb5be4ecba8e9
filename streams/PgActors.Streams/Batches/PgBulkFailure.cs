namespace PgActors;

/// <summary>A command of a bulk that did not succeed by its own fault.</summary>
/// <param name="Item">Which item of the source it was made of, counted from 0.</param>
/// <param name="End">How it ended.</param>
/// <param name="Exception">Why.</param>
public sealed record PgBulkFailure(long Item, BatchEnd End, Exception Exception);
