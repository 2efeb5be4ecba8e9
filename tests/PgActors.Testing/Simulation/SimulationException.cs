namespace PgActors.Testing;

/// <summary>A simulation failed, stood still for good, or was left by something it should have contained.</summary>
public sealed class SimulationException : Exception
{
    /// <summary>Makes the exception.</summary>
    public SimulationException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
