using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace PgActors.Transports;

/// <summary>
/// Waits for a socket on the thread that asks, for less than a millisecond if need be: ppoll(2), since <see cref="Socket.Poll(int, SelectMode)"/> counts in
/// whole milliseconds. It heeds the socket's low-water mark.
/// </summary>
internal static partial class SocketWait
{
    private const short Readable = 1;

    private static bool _isMissing = !OperatingSystem.IsLinux();

    public static bool ForBytes(SafeSocketHandle socket, TimeSpan atMost)
    {
        if (_isMissing)
            return false;
        var isHeld = false;
        try
        {
            socket.DangerousAddRef(ref isHeld);
            var wanted = new PollDescriptor { Descriptor = (int)socket.DangerousGetHandle(), Events = Readable };
            var time = new TimeSpec { Seconds = 0, Nanoseconds = (nint)Math.Min(atMost.TotalNanoseconds, 999_999_999) };
            return Poll(ref wanted, 1, in time, 0) > 0;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            _isMissing = true;
            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
        finally
        {
            if (isHeld)
                socket.DangerousRelease();
        }
    }

    [LibraryImport("libc", EntryPoint = "ppoll")]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, in TimeSpec timeout, nint signals);

    // struct pollfd of <poll.h>.
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Occurred;
    }

    // struct timespec of <time.h>, where long and time_t are as wide as a pointer.
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
