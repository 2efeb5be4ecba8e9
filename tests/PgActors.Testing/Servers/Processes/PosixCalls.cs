using System.Runtime.InteropServices;

namespace PgActors.Testing;

/// <summary>The few POSIX calls the framework has no word for. Not to be used on Windows.</summary>
internal static class PosixCalls
{
    /// <summary>SIGKILL: cannot be caught.</summary>
    public const int SigKill = 9;

    /// <summary>SIGSTOP: the process runs no further. 17 on Darwin, 19 on Linux.</summary>
    public static readonly int SigStop = OperatingSystem.IsMacOS() ? 17 : 19;

    /// <summary>Sends a signal; true when the process existed and could be signalled.</summary>
    public static bool Signal(int processId, int signal) => Kill(processId, signal) == 0;

    /// <summary>Makes a user the owner of a file or folder.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    public static void ChangeOwner(string path, uint user, uint group)
    {
        if (LinkChangeOwner(path, user, group) != 0)
        {
            throw new IOException($"chown {user}:{group} {path} failed: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int processId, int signal);

    [DllImport("libc", EntryPoint = "lchown", SetLastError = true, CharSet = CharSet.Ansi,
        BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int LinkChangeOwner([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint user, uint group);
}
