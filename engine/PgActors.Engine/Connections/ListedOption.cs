namespace PgActors.Connections;

/// <summary>
/// A keyword whose value does not go into the options one by one: the host lists, which belong together, and the files that are read
/// while parsing. <see cref="OptionResolver"/> deals with them.
/// </summary>
internal sealed class ListedOption(string keyword, string? environment, Func<PgConnectionOptions, string?>? write = null)
    : ConnectionOption(keyword, environment)
{
    public override ValueProblem? Read(string text, ref PgConnectionOptions options) => null;

    public override string? Write(PgConnectionOptions options) => write?.Invoke(options);
}
