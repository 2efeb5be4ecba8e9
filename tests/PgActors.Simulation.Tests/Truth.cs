using System.Buffers.Binary;
using PgActors.Testing;

namespace PgActors.Simulation.Tests;

/// <summary>Compares what the callers were told with what the server did.</summary>
internal static class Truth
{
    /// <summary>Fails, with the seed, for the first thing that is not true.</summary>
    public static void Check(World world)
    {
        var byCall = world.Log.ToLookup(KeyOf);
        Require(world, world.Ends.Count == Workload.Calls, $"{world.Ends.Count} calls ended");
        Require(world, world.Ends.Select(end => end.Id).Distinct().Count() == Workload.Calls, "a call ended twice");
        Require(world, world.LeakedSlabs == 0, $"{world.LeakedSlabs} slabs were not given back");
        Require(world, world.OpenTransports == 0, $"{world.OpenTransports} transports were left open");
        foreach (var end in world.Ends)
            Check(world, end, [.. byCall[Workload.TextOf(end.Kind, end.Id) ?? IdKey(end.Id)]]);
    }

    private static void Check(World world, CallEnd end, ModelStatement[] ran)
    {
        var committed = ran.Count(statement => statement is { Fate: ModelStatementFate.Committed, Outcome: not ModelStatementOutcome.Failed });
        var completed = ran.Count(
            statement => statement is { Fate: ModelStatementFate.Committed, Outcome: ModelStatementOutcome.Completed });
        var isTrue = end.Outcome switch
        {
            // Whoever leaves a stream has no claim on its end.
            null when end.Kind == CallKind.LeftStream => committed <= 1,
            null when end.Kind == CallKind.LeftTransaction => committed == 0,
            null => completed == Statements(end.Kind) && committed == completed,
            Outcome.NotSent => ran.Length == 0,
            Outcome.RolledBack => committed == 0,
            Outcome.Unknown => committed == 0 || committed == Statements(end.Kind),
            _ => false,
        };
        Require(world, isTrue, $"{end}, but the server ran [{string.Join("; ", ran.Select(Describe))}]");
        if (end is { Outcome: null, Kind: CallKind.Select or CallKind.CancelledSelect or CallKind.Lease or CallKind.Transaction })
            Require(world, end.Text == Workload.Text(end.Id), $"{end}: another call's row");
        if (end is { Outcome: null, Kind: CallKind.Fail or CallKind.Refuse })
            Require(world, false, $"{end}: the server refused it");
    }

    private static int Statements(CallKind kind) => kind is CallKind.Transaction or CallKind.CancelledTransaction ? 2 : 1;

    private static string Describe(ModelStatement statement) => $"{statement.Outcome} {statement.SqlState} {statement.Fate}";

    private static string KeyOf(ModelStatement statement) =>
        statement.Parameters.Span is [{ } value] ? IdKey(BinaryPrimitives.ReadInt32BigEndian(value.Span)) : statement.Sql;

    private static string IdKey(int id) => $"select {Workload.Text(id)}";

    private static void Require(World world, bool isTrue, string otherwise)
    {
        if (isTrue)
            return;
        Assert.Fail($"Seed {world.Seed}: {otherwise}\n{string.Join('\n', world.Simulation.Trace.Lines)}");
    }
}
