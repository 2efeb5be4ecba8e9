namespace Quickstart;

/// <summary>What the process ends with.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>A demonstration failed, or no server could be had.</summary>
    public const int Failed = 1;

    /// <summary>The arguments are wrong, or lead to no server.</summary>
    public const int BadInput = 2;

    /// <summary>Ctrl+C: 128 and SIGINT's number, as shells have it.</summary>
    public const int Interrupted = 130;
}
