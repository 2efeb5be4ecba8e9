namespace PgActors.Runtime;

/// <summary>What those who wait for a child are told when its supervisor escalates.</summary>
public enum WaiterPolicy
{
    /// <summary>Nothing: they wait on, until recovery or their own deadline.</summary>
    Keep,

    /// <summary>That it failed, and why; they may go elsewhere.</summary>
    Fail,
}
