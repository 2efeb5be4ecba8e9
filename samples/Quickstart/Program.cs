using System.CommandLine;
using Quickstart;

// Two million rows take some seconds; a billion would take a quarter of an hour and is still no mistake.
const long MostRows = 1_000_000_000;

var connection = new Argument<string?>("connection")
{
    Description = "The server, as postgres://user:password@host:port/database or in libpq's keyword=value form. Only SELECTs are sent. "
        + "Without it, a PostgreSQL server of its own is started and stopped again.",
    Arity = ArgumentArity.ZeroOrOne,
};
var rows = new Option<long>("--rows") { Description = "How many rows to stream.", DefaultValueFactory = _ => 2_000_000 };
rows.Validators.Add(result =>
{
    // A text that is no number is the parser's to report.
    if (result.Tokens is [var text] && long.TryParse(text.Value, out var given) && given is < 1 or > MostRows)
        result.AddError($"--rows must be from 1 to {MostRows}.");
});

var command = new RootCommand(
    "Shows what PgActors does: streams rows out of PostgreSQL, puts them through Rx, cancels a query and loses a session.")
{
    connection,
    rows,
};
command.SetAction((arguments, cancellationToken) =>
    Tour.RunAsync(arguments.GetValue(connection), arguments.GetValue(rows), cancellationToken));

var parsed = command.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
        Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine("Try --help.");
    return ExitCodes.BadInput;
}

// Ctrl+C cancels the action's token; the tour then stops its server, which this gives it the time for.
return await parsed.InvokeAsync(new InvocationConfiguration
{
    EnableDefaultExceptionHandler = false,
    ProcessTerminationTimeout = TimeSpan.FromSeconds(20),
});
