using System.Globalization;

namespace PgActors.Connections;

/// <summary>An option whose value is a whole number, with or without units.</summary>
/// <param name="keyword">The keyword.</param>
/// <param name="environment">The environment variable, or null.</param>
/// <param name="units">What can be counted.</param>
/// <param name="range">The smallest and largest value, in the base unit.</param>
/// <param name="get">Takes the value out of the options, in the base unit; null is "not set".</param>
/// <param name="set">Puts it in; null only where <see cref="ZeroIsNone"/>.</param>
internal sealed class QuantityOption(
    string keyword,
    string? environment,
    QuantityUnits units,
    (long Min, long Max) range,
    Func<PgConnectionOptions, long?> get,
    Func<PgConnectionOptions, long?, PgConnectionOptions> set)
    : ConnectionOption(keyword, environment)
{
    /// <summary>Whether zero and negative numbers in a text mean "not set", as libpq has it for timeouts and keepalives.</summary>
    public bool ZeroIsNone { get; init; }

    public override ValueProblem? Read(string text, ref PgConnectionOptions options)
    {
        if (!units.TryRead(text, out var value))
            return new ValueProblem($"{SecretScan.Quote(text)} is not a value of '{Keyword}': it must be {units.Describe}.");

        if (ZeroIsNone && value <= 0)
        {
            options = set(options, null);
            return null;
        }

        if (CheckRange(value) is { } problem)
            return problem;

        options = set(options, value);
        return null;
    }

    public override string? Write(PgConnectionOptions options) =>
        get(options) is { } value ? units.Write(value) : IsSetByDefault ? "0" : null;

    public override ValueProblem? Check(PgConnectionOptions options) => get(options) is { } value ? CheckRange(value) : null;

    // Then leaving it out would not mean "none".
    private bool IsSetByDefault => ZeroIsNone && get(ConnectionOptionTable.Defaults) is not null;

    private ValueProblem? CheckRange(long value)
        => value >= range.Min && value <= range.Max
            ? null
            : new ValueProblem(string.Create(
                CultureInfo.InvariantCulture,
                $"'{Keyword}' is {units.Write(value)}, which is out of range. "
                + $"It can be {units.Write(range.Min)} to {units.Write(range.Max)}."));
}
