using PgActors.Protocol;
using PgActors.Sessions;
using PgActors.Types;

namespace PgActors.Statements;

/// <summary>A statement under construction: its way through the tree of statements, and its parameters, encoded.</summary>
internal struct StatementBuilder
{
    private readonly bool _ownsBuffer;
    private readonly int _start;
    private StatementNode _node = StatementNode.Root;
    private ParameterBuffer? _parameters;
    private List<object>? _tail;

    /// <summary>Begins a statement with a buffer of its own, if it needs one.</summary>
    public StatementBuilder(PgTypeRegistry types, bool hasParameters)
        : this(types, hasParameters ? ParameterBuffer.Rent() : null) => _ownsBuffer = true;

    /// <summary>Begins a statement whose parameters go into somebody else's buffer.</summary>
    public StatementBuilder(PgTypeRegistry types, ParameterBuffer? parameters)
    {
        Types = types;
        _parameters = parameters;
        _start = parameters?.Writer.Length ?? 0;
    }

    public PgTypeRegistry Types { get; }

    /// <summary>Appends the program's own text.</summary>
    public void Literal(string value)
    {
        if (_tail is null)
            _node = _node.Literal(value);
        else
            _tail.Add(value);
    }

    /// <summary>Appends text that is not the program's own.</summary>
    public void Text(string value) => (_tail ??= []).Add(value);

    /// <summary>Appends a parameter of whichever type its .NET type is written as.</summary>
    /// <returns><see langword="false"/> if that is not known, and nothing was done.</returns>
    public bool TryAdd<T>(T value)
    {
        if (!Types.TryFindWriter(value, out var codec, out var type))
            return false;
        Add(value, codec, type);
        return true;
    }

    /// <summary>Appends a parameter.</summary>
    public void Add<T>(T value, PgCodec<T> codec, uint type)
    {
        var buffer = _parameters!;
        buffer.Count++;
        if (_tail is null)
            _node = _node.Parameter(type);
        else
            _tail.Add(type);
        if (value is null)
        {
            buffer.Writer.WriteNull();
            return;
        }

        var mark = buffer.Writer.BeginValue();
        try
        {
            codec.WriteBinary(buffer.Writer, value);
        }
        catch (ArgumentException refused)
        {
            throw Reject(new PgUsageException($"Parameter ${buffer.Count} cannot be sent: {UsageProblem.Of(refused)}", refused));
        }

        buffer.Writer.EndValue(mark);
    }

    /// <summary>Appends a parameter whose bytes are read when it is sent.</summary>
    public void Add(in PgStreamParam value)
    {
        var buffer = _parameters!;
        buffer.Count++;
        if (_tail is null)
            _node = _node.Parameter(value.TypeOid);
        else
            _tail.Add(value.TypeOid);
        var prefix = value.Prefix;
        if (value.FindLength() is not { } length)
            throw Reject(ParameterErrors.NoLength(buffer.Count));
        if (length > WireWriter.MaxMessageLength - prefix.Length)
            throw Reject(ParameterErrors.TooLong(buffer.Count, length));
        buffer.Writer.WriteInt32((int)length + prefix.Length);
        buffer.Writer.WriteBytes(prefix);
        (buffer.Streams ??= []).Add(new StreamedParameter(buffer.Count, buffer.Writer.Length, value.Source, length));
    }

    public readonly PgCommand ToCommand() => new(_tail is null ? _node.Statement() : _node.Build(_tail), _parameters);

    /// <summary>Takes what there is so far out, to go on with it later.</summary>
    public SuspendedStatement Suspend()
    {
        var suspended = new SuspendedStatement(
            _node, _tail?.ToArray(), _parameters?.Memory[_start..].ToArray() ?? [], _parameters?.Count ?? 0, _parameters?.Streams);
        GiveBack();
        return suspended;
    }

    /// <summary>Goes on with what was taken out.</summary>
    public void Resume(SuspendedStatement suspended)
    {
        _node = suspended.Node;
        _tail = suspended.Tail is null ? null : [.. suspended.Tail];
        _parameters!.Writer.WriteBytes(suspended.Parameters);
        _parameters.Count = suspended.Count;
        _parameters.Streams = suspended.Streams is null ? null : [.. suspended.Streams];
    }

    /// <summary>Gives the buffer back: there will be no command.</summary>
    /// <returns>The reason, to be thrown.</returns>
    public PgUsageException Reject(PgUsageException reason)
    {
        GiveBack();
        return reason;
    }

    // Whoever else owns the buffer forgets by itself what came to nothing.
    private void GiveBack()
    {
        if (_ownsBuffer)
            _parameters?.Return();
        _parameters = null;
    }
}
