using PgActors.Protocol;
using PgActors.Requests;
using PgActors.Sessions;

namespace PgActors.Statements;

/// <summary>Parameters in their wire form: for each a length word and its bytes. Pooled; one owner at a time.</summary>
internal sealed class ParameterBuffer
{
    // A buffer that grew for one large value is not worth keeping.
    private const int KeepAtMost = 16 * 1024;

    public WireWriter Writer { get; private set; } = new();

    public int Count { get; set; }

    /// <summary>The parameters that are read while they are sent; <see langword="null"/> if there are none.</summary>
    public List<StreamedParameter>? Streams { get; set; }

    public ReadOnlyMemory<byte> Memory => Writer.WrittenMemory;

    public static ParameterBuffer Rent() => RequestPool<ParameterBuffer>.Rent();

    /// <summary>Gives the buffer back. What was written may no longer be read.</summary>
    public void Return()
    {
        Count = 0;
        Streams = null;
        if (Writer.Length > KeepAtMost)
        {
            Writer.Dispose();
            Writer = new WireWriter();
        }
        else
        {
            Writer.Clear();
        }

        RequestPool<ParameterBuffer>.Return(this);
    }
}
