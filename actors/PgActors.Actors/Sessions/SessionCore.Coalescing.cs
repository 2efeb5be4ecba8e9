namespace PgActors.Sessions;

/// <content>
/// Coalescing: with a crowd of commands in flight, nobody is woken for each answer. The server sends one with every Sync, and where it is about
/// as fast as its client, the two wake each other for every few commands: each answer brings a command, which is sent alone. So a receive waits
/// for about as much as a half of the answers are at least. The server has the other half to do meanwhile, and whatever made room comes to it
/// in one send. An answer in front of a statement that takes long is kept back for <see cref="StreamPace.LongestPause"/>, and no longer.
/// </content>
/// <remarks>What it gains is measured by <c>callers-256</c> and <c>callers-1024</c> (docs/BENCHMARKS.md).</remarks>
public sealed partial class SessionCore
{
    // With 32 in flight it came out slower (callers-64): 0.9 to 1.2 × multiplexed Npgsql with a bound of 32, 1.1 to 1.6 × without.
    private const int Crowd = 64;

    // BindComplete, EmptyQueryResponse and ReadyForQuery, or more. Less comes of a group that failed, which takes a pause then.
    private const int ShortestAnswer = 16;

    // Far below what makes the system widen the socket's buffer.
    private const int LargestCrowdMark = 16 * 1024;

    private int CrowdMark =>
        _requests.Count < Crowd || !_link!.CanPoll ? 1 : Math.Min(_requests.Count / 2 * ShortestAnswer, LargestCrowdMark);
}
