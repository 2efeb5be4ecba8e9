namespace PgActors.Benchmarks.Cases;

/// <summary>Stands for a composite, for both: Npgsql sets properties.</summary>
public sealed record BenchPlace
{
    public string Street { get; init; } = "";

    public int HouseNo { get; init; }

    public string? City { get; init; }
}
