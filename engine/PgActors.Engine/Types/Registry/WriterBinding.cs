namespace PgActors.Types;

/// <summary>How a .NET type is written if nothing else is asked for. Mostly one PostgreSQL type; where there are several, such as
/// timestamp and timestamptz for <see cref="DateTime"/>, the value decides. Immutable and shared by all sessions.</summary>
/// <typeparam name="T">The .NET type.</typeparam>
public sealed class WriterBinding<T>
{
    private readonly PgCodec<T>[] _codecs;
    private readonly uint[] _oids;

    internal WriterBinding(List<(PgCodec Codec, uint Oid)> candidates)
    {
        _codecs = new PgCodec<T>[candidates.Count];
        _oids = new uint[candidates.Count];
        for (var i = 0; i < candidates.Count; i++)
        {
            _codecs[i] = (PgCodec<T>)candidates[i].Codec;
            _oids[i] = candidates[i].Oid;
        }
    }

    /// <summary>The codec and the type's OID for <paramref name="value"/>. For <see langword="null"/> it is the first.</summary>
    public PgCodec<T> Select(T value, out uint typeOid)
    {
        var chosen = 0;
        if (_codecs.Length > 1 && value is not null)
        {
            while (chosen < _codecs.Length - 1 && !_codecs[chosen].Suits(value))
                chosen++;
        }

        typeOid = _oids[chosen];
        return _codecs[chosen];
    }
}
