using PgActors.Framing;

namespace PgActors.Sessions;

/// <summary>How much a server may send before its first ReadyForQuery. PostgreSQL sends about twenty messages and one kilobyte; a server
/// that never gets ready must not keep us reading for ever.</summary>
internal struct StartupBudget
{
    private int _messages;
    private long _bytes;

    public bool TrySpend(int bytes)
    {
        _messages++;
        _bytes += bytes;
        return _messages <= MessageLimits.MaxStartupMessages && _bytes <= MessageLimits.MaxStartupBytes;
    }
}
