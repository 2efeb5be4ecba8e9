using System.Runtime.CompilerServices;
using PgActors.Statements;
using PgActors.Types;

namespace PgActors;

/// <summary>
/// Makes an interpolated string into a statement with parameters: the text between the braces becomes <c>$1</c>, <c>$2</c> … and the values are
/// encoded in binary at once, without boxing. No value ever becomes part of the text; a <see cref="PgIdentifier"/> does, quoted.
/// </summary>
/// <remarks>The compiler makes one for each call; it is not meant to be used by name.</remarks>
[InterpolatedStringHandler]
public ref struct PgSqlHandler
{
    private readonly PgTypeRegistry _types;

    // A batch's buffer is the batch's.
    private readonly bool _isOwner;
    private StatementNode _node;
    private ParameterBuffer? _parameters;
    private List<object>? _tail;

    /// <summary>Begins a statement.</summary>
    /// <param name="literalLength">Not used.</param>
    /// <param name="formattedCount">How many values follow.</param>
    /// <param name="commands">Whose types are used.</param>
    public PgSqlHandler(int literalLength, int formattedCount, PgCommands commands)
    {
        _types = commands.Types;
        _node = StatementNode.Root;
        _isOwner = true;
        if (formattedCount > 0)
            _parameters = ParameterBuffer.Rent();
    }

    /// <summary>Begins a statement of a batch.</summary>
    /// <param name="literalLength">Not used.</param>
    /// <param name="formattedCount">How many values follow.</param>
    /// <param name="batch">Whose types are used, and whose buffer.</param>
    public PgSqlHandler(int literalLength, int formattedCount, PgBatch batch)
    {
        _types = batch.Types;
        _node = StatementNode.Root;
        if (formattedCount > 0)
            _parameters = batch.BeginParameters();
    }

    /// <summary>Begins a statement of a bulk.</summary>
    /// <param name="literalLength">Not used.</param>
    /// <param name="formattedCount">How many values follow.</param>
    /// <param name="bulk">Whose types are used, and whose buffer.</param>
    public PgSqlHandler(int literalLength, int formattedCount, PgBulkWriter bulk)
    {
        _types = bulk.Types;
        _node = StatementNode.Root;
        if (formattedCount > 0)
            _parameters = bulk.BeginParameters();
    }

    /// <summary>Appends the program's own text.</summary>
    public void AppendLiteral(string value)
    {
        if (_tail is null)
            _node = _node.Literal(value);
        else
            _tail.Add(value);
    }

    /// <summary>Appends a parameter.</summary>
    /// <typeparam name="T">Decides the PostgreSQL type, together with the value where one .NET type stands for several.</typeparam>
    /// <exception cref="PgUsageException">No PostgreSQL type is known for <typeparamref name="T"/>, or the value has no form there.</exception>
    public void AppendFormatted<T>(T value)
    {
        var buffer = _parameters!;
        if (!_types.TryFindWriter(value, out var codec, out var type))
            throw Reject(NoWriter(typeof(T)));
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

    /// <summary>Appends a quoted identifier to the text.</summary>
    public void AppendFormatted(PgIdentifier value) => (_tail ??= []).Add(value.ToString());

    internal PgCommand ToCommand()
    {
        var statement = _tail is null ? _node.Statement() : _node.Build(_tail);
        return new PgCommand(statement, _parameters);
    }

    private static PgUsageException NoWriter(Type type) => new(
        $"No PostgreSQL type is known for parameters of type {type}. Convert the value to a type that is, or register a codec for it.");

    private PgUsageException Reject(PgUsageException reason)
    {
        if (_isOwner)
            _parameters?.Return();
        _parameters = null;
        return reason;
    }
}
