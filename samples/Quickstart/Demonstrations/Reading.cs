namespace Quickstart.Demonstrations;

/// <summary>A row: its columns are found by name, each decoded from PostgreSQL's binary form.</summary>
internal readonly record struct Reading(
    long Id, int Sensor, short Channel, bool IsValid, double Value, decimal Price, DateTime TakenAt,
    DateOnly Day, Guid Key, string Label, int? Fault);
