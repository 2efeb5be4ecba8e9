using PgActors.Protocol;

namespace PgActors.Sessions;

/// <content>
/// Requests that are not sent before everything else is answered. A pooler between here and the server may give that server to its next client
/// with the end of each transaction. While only a part of a group of commands has come to it, it takes the end of what was sent before for the
/// end of that too: the rest then comes to another server, and the next client's Sync commits the part. PgBouncer counts the Syncs that it has
/// passed on, and before 1.21 nothing else (server.c, expect_rfq_count). So whatever comes in parts waits until nobody's end can be mistaken for
/// its own.
/// </content>
public sealed partial class SessionCore
{
    // What is larger a pooler cannot pass on at once where the server's process is busy: its socket has room for so much at first (the kernel's
    // tcp_rmem, of which a half is for its own account).
    private const int LargestPart = 64 * 1024;

    private bool MustComeAlone(SessionRequest first)
    {
        if (_requests.Count == 0 || Transaction == TransactionStatus.InTransaction || _machine.Pipeline.HasOpenGroup)
            return false;
        var isFinal = !first.Syncs || IsFinal(first, first.Following);
        var bytes = 0L;
        for (var member = first; member is not null; member = member.Syncs ? null : member.Following)
        {
            bytes += _commands.SizeOf(member);
            if (bytes > LargestPart || _commands.DescribesFirst(member, isFinal))
                return true;
        }

        return false;
    }
}
