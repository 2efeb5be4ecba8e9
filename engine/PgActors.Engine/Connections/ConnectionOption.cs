namespace PgActors.Connections;

/// <summary>One keyword: how its value is read from text, written back, and checked, whichever way it came in.</summary>
/// <param name="keyword">The keyword of the texts.</param>
/// <param name="environment">The environment variable that gives its default, or null.</param>
internal abstract class ConnectionOption(string keyword, string? environment)
{
    public string Keyword { get; } = keyword;

    public string? EnvironmentVariable { get; } = environment;

    /// <summary>Whether its value must never be shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Puts the value <paramref name="text"/>, which is not empty, into <paramref name="options"/>.</summary>
    /// <returns>The problem, or null.</returns>
    public abstract ValueProblem? Read(string text, ref PgConnectionOptions options);

    /// <summary>The value as text, or null if there is none or it cannot be told.</summary>
    public virtual string? Write(PgConnectionOptions options) => null;

    /// <summary>Checks the value in <paramref name="options"/>, which code may have set.</summary>
    /// <returns>The problem, or null.</returns>
    public virtual ValueProblem? Check(PgConnectionOptions options) => null;
}
