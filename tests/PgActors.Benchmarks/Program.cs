using System.CommandLine;
using PgActors.Benchmarks;
using PgActors.Benchmarks.Measuring;
using PgActors.Benchmarks.Memory;

var cases = new Argument<string[]>("cases")
{
    Description = $"What to measure: all, or any of {string.Join(", ", CaseCatalog.Names)}.",
    Arity = ArgumentArity.OneOrMore,
};
cases.AcceptOnlyFromAmong(["all", .. CaseCatalog.Names]);
var pairs = new Option<int?>("--pairs") { Description = "Rounds of each contender. Default: 7; 3 with --quick." };
var json = new Option<FileInfo?>("--json") { Description = "Also writes the figures here." };
var html = new Option<FileInfo?>("--html") { Description = "Also writes a page with tables and plots here." };
var quick = new Option<bool>("--quick") { Description = "Short rounds, for a look." };
var server = new Option<string?>("--server") { Description = "URI of a server to use. Default: a PostgreSQL 18 is started and thrown away." };
var cancels = new Option<int?>("--cancels") { Description = "Cancels of the case 'cancels'. Default: 100,000; 2,000 with --quick." };
var only = new Option<string?>("--only") { Description = "The contender of this name, or those whose name contains it: for a profiler." };

var root = new RootCommand("Measures PgActors beside Npgsql and a bare socket, alternating, in one process.")
{
    cases, pairs, json, html, quick, server, cancels, only,
};
root.SetAction((options, cancellationToken) => new BenchmarkRun(
    new(
        options.GetValue(pairs) ?? (options.GetValue(quick) ? 3 : 7),
        options.GetValue(quick),
        options.GetValue(cancels),
        options.GetValue(only)),
    options.GetValue(server),
    options.GetValue(json),
    options.GetValue(html)).RunAsync(options.GetRequiredValue(cases), cancellationToken));

var system = new Argument<SystemKind>("system");
var uri = new Argument<string>("server");
var sessions = new Argument<int>("sessions");
var probe = new Command(MemoryProbe.Verb, "Is started by the memory cases.") { system, uri, sessions };
probe.Hidden = true;
probe.SetAction((options, _) => MemoryProbe.RunAsync(
    options.GetRequiredValue(system), options.GetRequiredValue(uri), options.GetRequiredValue(sessions)));
root.Subcommands.Add(probe);
return await root.Parse(args).InvokeAsync();
