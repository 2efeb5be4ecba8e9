namespace PgActors.Sessions;

/// <summary>Names one request of one session. Machines and effects carry it instead of a completion, so that they stay
/// comparable.</summary>
/// <param name="Value">Grows by one with every request of the session; 0 is no request.</param>
public readonly record struct RequestId(long Value)
{
    /// <summary>No request.</summary>
    public static RequestId None => default;

    /// <inheritdoc/>
    public override string ToString() => $"#{Value}";
}
