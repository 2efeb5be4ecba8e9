using System.IO.Pipelines;
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
    private readonly TypeSource _types;
    private readonly bool _mayStream;
    private StatementBuilder _builder;
    private PendingCommand? _pending;

    /// <summary>Begins a statement.</summary>
    /// <param name="literalLength">Not used.</param>
    /// <param name="formattedCount">How many values follow.</param>
    /// <param name="commands">Whose types are used.</param>
    public PgSqlHandler(int literalLength, int formattedCount, PgCommands commands)
    {
        _types = commands.TypeSource;
        _mayStream = true;
        _builder = new StatementBuilder(_types.Current, formattedCount > 0);
    }

    /// <summary>Begins a statement of a batch.</summary>
    /// <param name="literalLength">Not used.</param>
    /// <param name="formattedCount">How many values follow.</param>
    /// <param name="batch">Whose types are used, and whose buffer.</param>
    public PgSqlHandler(int literalLength, int formattedCount, PgBatch batch)
    {
        _mayStream = true;
        _types = batch.Types;
        _builder = new StatementBuilder(_types.Current, formattedCount > 0 ? batch.BeginParameters() : null);
    }

    /// <summary>Begins a statement of a bulk.</summary>
    /// <param name="literalLength">Not used.</param>
    /// <param name="formattedCount">How many values follow.</param>
    /// <param name="bulk">Whose types are used, and whose buffer.</param>
    public PgSqlHandler(int literalLength, int formattedCount, PgBulkWriter bulk)
    {
        _types = bulk.Types;
        _builder = new StatementBuilder(_types.Current, formattedCount > 0 ? bulk.BeginParameters() : null);
    }

    /// <summary>Appends the program's own text.</summary>
    public void AppendLiteral(string value)
    {
        if (_pending is null)
            _builder.Literal(value);
        else
            _pending.Add(new PendingText(value, isLiteral: true));
    }

    /// <summary>Appends a parameter.</summary>
    /// <typeparam name="T">Decides the PostgreSQL type, together with the value where one .NET type stands for several. A
    /// <see cref="Stream"/> is a bytea, see <see cref="PgParam.Stream(Stream, long?, uint)"/>.</typeparam>
    /// <exception cref="PgUsageException">No PostgreSQL type is known for <typeparamref name="T"/>, or the value has no form there.</exception>
    public void AppendFormatted<T>(T value)
    {
        if (_pending is not null || !_builder.TryAdd(value))
            AppendUnknown(value);
    }

    /// <summary>Appends a parameter whose PostgreSQL type is given.</summary>
    /// <typeparam name="T">The .NET type.</typeparam>
    /// <exception cref="PgUsageException">Values of <typeparamref name="T"/> cannot be written as that type, or this one has no form
    /// there.</exception>
    public void AppendFormatted<T>(PgParam<T> value)
    {
        var part = new PendingTypedValue<T>(value);
        if (_pending is null && part.MissingIn(_builder.Types) is null)
            part.AppendTo(ref _builder);
        else
            AppendLater(part);
    }

    /// <summary>Appends a parameter whose bytes are read while it is sent.</summary>
    /// <exception cref="PgUsageException">It is in a bulk, or its length is not known, or too large.</exception>
    public void AppendFormatted(PgStreamParam value)
    {
        if (!_mayStream)
            throw _builder.Reject(ParameterErrors.StreamInBulk());
        AppendLater(new PendingStream(value));
    }

    /// <summary>Appends a quoted identifier to the text.</summary>
    public void AppendFormatted(PgIdentifier value)
    {
        if (_pending is null)
            _builder.Text(value.ToString());
        else
            _pending.Add(new PendingText(value.ToString(), isLiteral: false));
    }

    internal PgCommand ToCommand() => _pending is null ? _builder.ToCommand() : new PgCommand(_pending);

    // None of the types that are known at once.
    private void AppendUnknown<T>(T value)
    {
        if (value is Stream stream)
            AppendFormatted(PgParam.Stream(stream));
        else if (value is PipeReader)
            throw _builder.Reject(ParameterErrors.PipeWithoutLength());
        else
            AppendLater(new PendingValue<T>(value));
    }

    // The type is to be looked up; what comes behind waits with it.
    private void AppendLater(PendingPart part)
    {
        if (_pending is null)
        {
            if (!_types.LooksUp || part.MissingIn(_builder.Types) is null)
            {
                part.AppendTo(ref _builder);
                return;
            }

            _pending = new PendingCommand(_types);
            _pending.Add(new PendingBeginning(ref _builder));
        }

        _pending.Add(part);
    }
}
