using PgActors;
using PgActors.Testing;
using Quickstart.Demonstrations;

namespace Quickstart;

/// <summary>Opens a database, shows one thing after the other, and tells what goes wrong in one clear message.</summary>
internal static class Tour
{
    public static async Task<int> RunAsync(string? connection, long rows, CancellationToken cancellationToken)
    {
        var screen = Screen.Open();
        try
        {
            await using var server = await Target.FindAsync(connection, screen, cancellationToken);
            await using var db = await Target.OpenAsync(server, cancellationToken);
            screen.Say($"Connected to PostgreSQL {Target.VersionOf(db)} at {db.Server}.");

            await StreamRows.ShowAsync(db, rows, screen, cancellationToken);
            await RxPipeline.ShowAsync(db, screen, cancellationToken);
            await CancelQuery.ShowAsync(db, screen, cancellationToken);
            await LoseSession.ShowAsync(db, screen, cancellationToken);
            WhatNext.Show(ownServer: connection is null, screen);
            return ExitCodes.Done;
        }
        catch (UnreachableTargetException unreachable)
        {
            await Console.Error.WriteLineAsync(unreachable.Message);
            return ExitCodes.BadInput;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Interrupted.");
            return ExitCodes.Interrupted;
        }
        catch (Exception failed) when (failed is PgException or PostgresUnavailableException or PostgresServerException or TimeoutException)
        {
            await Console.Error.WriteLineAsync(failed.Message);
            return ExitCodes.Failed;
        }
    }
}
