using System.Runtime.CompilerServices;

namespace EveryType;

/// <summary>Tells, for each family of types, whether its row came back as it was sent.</summary>
internal sealed class Report
{
    private int _good;
    private int _bad;

    public void Compare<T>(T sent, T received, string types)
    {
        var isSame = EqualityComparer<T>.Default.Equals(sent, received);
        _good += isSame ? 1 : 0;
        _bad += isSame ? 0 : 1;
        Console.WriteLine(isSame ? $"{typeof(T).Name}: {types}" : $"{typeof(T).Name} came back changed:\n  {sent}\n  {received}");
    }

    /// <returns>The program's exit code.</returns>
    public int Close()
    {
        var emitted = RuntimeFeature.IsDynamicCodeSupported ? "" : "; no code was emitted at run time";
        Console.WriteLine($"{_good} families of types came back as they were sent, {_bad} did not{emitted}.");
        return _bad == 0 ? 0 : 1;
    }
}
