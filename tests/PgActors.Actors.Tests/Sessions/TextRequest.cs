using System.Text;
using PgActors.Rows;
using PgActors.Sessions;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>A command whose rows are kept as text, and whose end can be awaited.</summary>
internal sealed class TextRequest : SessionRequest
{
    private readonly TaskCompletionSource<RequestEnd> _ended = new();
    private RowLayout? _layout;
    private RequestEnd _end;

    /// <summary>Makes one.</summary>
    /// <param name="sql">What to run.</param>
    /// <param name="rowLimit">As for <see cref="SessionRequest.RowLimit"/>.</param>
    /// <param name="window">As for <see cref="SessionRequest.Window"/>.</param>
    /// <param name="consumed">Told of the bytes of each batch; for a window, whoever grants credit.</param>
    public TextRequest(string sql, int rowLimit = 0, long window = 0, Action<SessionRequest, long>? consumed = null)
        : this(new SqlStatement(sql))
    {
        RowLimit = rowLimit;
        Window = window;
        Consumed = consumed;
    }

    /// <summary>Makes one of a statement that others may have used before.</summary>
    public TextRequest(SqlStatement statement) => Statement = statement;

    /// <summary>Makes one that has its fate in common with the one behind it.</summary>
    public TextRequest(string sql, TextRequest following)
        : this(new SqlStatement(sql))
    {
        Syncs = false;
        Following = following;
    }

    /// <summary>Before it is posted: how many parameters it says it has.</summary>
    public TextRequest With(int parameterCount)
    {
        ParameterCount = parameterCount;
        return this;
    }

    /// <summary>Before it is posted: its parameters, encoded.</summary>
    public TextRequest WithParameters(ReadOnlyMemory<byte> parameters, int count)
    {
        Parameters = parameters;
        ParameterCount = count;
        return this;
    }

    public List<string> Rows { get; } = [];

    public Action<SessionRequest, long>? Consumed { get; }

    /// <summary>How often it has ended.</summary>
    public int Ends { get; private set; }

    public Task<RequestEnd> Ended => _ended.Task;

    /// <summary>The thread that ran its completion.</summary>
    public int ThreadOfCompletion { get; private set; }

    public override void OnDescribed(RowLayout layout) => _layout = layout;

    public override void OnRows(RowBatch batch, ISessionHost host)
    {
        var position = 0;
        while (batch.TryReadRow(ref position, out var body))
        {
            Assert.True(RowReader.TryOpen(body, _layout!.Count, out var reader));
            Assert.True(reader.TryReadNext(out var value, out _));
            Rows.Add(Encoding.UTF8.GetString(value));
        }

        batch.Release();
        Consumed?.Invoke(this, batch.Length);
    }

    public override void OnRunAgain() => Rows.Clear();

    public override void OnEnded(in RequestEnd end)
    {
        Ends++;
        _end = end;
    }

    public override void Execute()
    {
        ThreadOfCompletion = Environment.CurrentManagedThreadId;
        _ended.SetResult(_end);
    }
}
