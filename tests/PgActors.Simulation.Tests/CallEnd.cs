namespace PgActors.Simulation.Tests;

/// <summary>How a call ended, as its caller sees it.</summary>
/// <param name="Id">The call's number, which is also in what it sends.</param>
/// <param name="Kind">What it was.</param>
/// <param name="Outcome">How far it got; <see langword="null"/> if it succeeded.</param>
/// <param name="Text">What the caller was told.</param>
internal sealed record CallEnd(int Id, CallKind Kind, Outcome? Outcome, string Text)
{
    public override string ToString() => $"call {Id} {Kind}: {Outcome?.ToString() ?? "Succeeded"} {Text}";
}
