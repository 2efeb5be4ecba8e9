using PgActors.Testing;

namespace PgActors.Integration.Tests.Pipelining;

/// <summary>
/// The link of a shared session is cut at every byte of what it carries, in either direction: what callers are told of their commands is never
/// what the server denies, nothing runs twice, and what was not sent is not lost.
/// </summary>
public sealed class CutWireTests(TestServers servers)
{
    // Each has a database object of its own, so that they wait together for the server's processes to start.
    private const int CutsAtOnce = 6;

    public static MatrixTheoryData<CutExchange, FaultDirection, bool> Cuts =>
        new(Enum.GetValues<CutExchange>(), Enum.GetValues<FaultDirection>(), [false, true]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task What_callers_are_told_is_true_wherever_the_link_is_cut(CutExchange exchange, FaultDirection direction, bool isPrepared)
    {
        var trial = new CutTrial(await servers.GetAsync(), exchange, direction, isPrepared);
        var last = await trial.PrepareAsync(Token);

        // 0 is the link that was cut before.
        await Parallel.ForAsync(
            0,
            last + 1,
            new ParallelOptions { MaxDegreeOfParallelism = CutsAtOnce, CancellationToken = Token },
            async (bytes, token) => await trial.CutAfterAsync(bytes, token));

        await trial.CheckAsync(last, Token);
    }
}
