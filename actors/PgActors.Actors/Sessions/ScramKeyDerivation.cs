using PgActors.Authentication;

namespace PgActors.Sessions;

/// <summary>
/// The costly part of SCRAM as a work item of its own: at the cap of 100,000 iterations it takes tens of milliseconds, which no session's turn
/// may. Skipped if the session gave up before it began.
/// </summary>
internal sealed class ScramKeyDerivation(
    SessionProfile profile, byte[] salt, int iterations, Action<ScramKeys> done, CancellationToken cancelled) : IThreadPoolWorkItem
{
    public void Execute()
    {
        if (!cancelled.IsCancellationRequested)
            done(profile.ScramKeys.GetOrDerive(profile.Credentials, salt, iterations));
    }
}
