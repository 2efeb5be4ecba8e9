namespace PgActors.Integration.Tests.Samples;

/// <summary>A temperature, as a program of its own might have it.</summary>
internal readonly record struct Celsius(double Degrees);
