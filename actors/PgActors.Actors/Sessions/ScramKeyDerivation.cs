using System.Security.Cryptography;
using PgActors.Authentication;

namespace PgActors.Sessions;

/// <summary>
/// The costly part of SCRAM as a work item of its own: at the cap of 100,000 iterations it takes tens of milliseconds, which no session's turn
/// may. Skipped if the session gave up before it began.
/// </summary>
internal sealed class ScramKeyDerivation(
    byte[] preparedPassword, ReadOnlyMemory<byte> salt, int iterations, CancellationToken cancelled, Action<ScramKeys> done) : IThreadPoolWorkItem
{
    public void Execute()
    {
        try
        {
            if (!cancelled.IsCancellationRequested)
                done(ScramKeys.Derive(preparedPassword, salt.Span, iterations));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(preparedPassword);
        }
    }
}
