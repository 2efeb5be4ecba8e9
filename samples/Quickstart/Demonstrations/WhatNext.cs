namespace Quickstart.Demonstrations;

/// <summary>Says where to go from here.</summary>
internal static class WhatNext
{
    public static void Show(bool ownServer, Screen screen)
    {
        screen.Title("What to try next");
        if (ownServer)
        {
            screen.Say("The same on a server of yours (only SELECTs are sent):");
            screen.Code("  dotnet run --project samples/Quickstart -c Release -- postgres://user@host/database");
        }

        screen.Say("More rows:");
        screen.Code("  dotnet run --project samples/Quickstart -c Release -- --rows 20000000");
        screen.Say("The code you just saw, a small file for each part:");
        screen.Code("  samples/Quickstart/Demonstrations");
        screen.Say("The tour of the API, and what is not there yet:");
        screen.Code("  README.md");
    }
}
