namespace PgActors.Benchmarks.Measuring;

/// <summary>The figure that systems of a case are compared by.</summary>
internal enum Yardstick
{
    /// <summary>Operations a second: more is better.</summary>
    Rate,

    /// <summary>Managed heap of an idle session: less is better.</summary>
    Heap,
}
