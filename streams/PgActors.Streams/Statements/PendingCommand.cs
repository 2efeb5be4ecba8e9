using PgActors.Types;

namespace PgActors.Statements;

/// <summary>A statement with a parameter whose PostgreSQL type is still to be looked up: its parts are kept, and put together when that has
/// been done.</summary>
/// <remarks>It may be resolved any number of times.</remarks>
internal sealed class PendingCommand(TypeSource types)
{
    private readonly List<PendingPart> _parts = [];

    public void Add(PendingPart part) => _parts.Add(part);

    /// <summary>Looks up what is missing and makes the command.</summary>
    /// <exception cref="PgUsageException">The database has no such type, or a value has no form in it.</exception>
    /// <exception cref="PgException">The database could not be asked.</exception>
    public async ValueTask<PgCommand> ResolveAsync()
    {
        await types.LearnAsync(Missing()).ConfigureAwait(false);
        var builder = new StatementBuilder(types.Current, hasParameters: true);
        foreach (var part in _parts)
            part.AppendTo(ref builder);
        return builder.ToCommand();
    }

    private HashSet<TypeWish> Missing()
    {
        var registry = types.Current;
        var missing = new HashSet<TypeWish>();
        foreach (var part in _parts)
        {
            if (part.MissingIn(registry) is { } name)
                missing.Add(TypeWish.Of(name));
        }

        return missing;
    }
}

/// <summary>A part of a statement that waits.</summary>
internal abstract class PendingPart
{
    /// <summary>The type that is missing for it.</summary>
    public virtual PgTypeName? MissingIn(PgTypeRegistry registry) => null;

    public abstract void AppendTo(ref StatementBuilder builder);
}

/// <summary>What came before the first that is missing, encoded already.</summary>
internal sealed class PendingBeginning : PendingPart
{
    private readonly SuspendedStatement _suspended;

    public PendingBeginning(ref StatementBuilder builder) => _suspended = builder.Suspend();

    public override void AppendTo(ref StatementBuilder builder) => builder.Resume(_suspended);
}

/// <summary>Text.</summary>
internal sealed class PendingText(string text, bool isLiteral) : PendingPart
{
    public override void AppendTo(ref StatementBuilder builder)
    {
        if (isLiteral)
            builder.Literal(text);
        else
            builder.Text(text);
    }
}

/// <summary>A value written as the type that is natural for it.</summary>
internal sealed class PendingValue<T>(T value) : PendingPart
{
    public override PgTypeName? MissingIn(PgTypeRegistry registry) => registry.FindWriter<T>() is null ? registry.MissingFor(typeof(T)) : null;

    public override void AppendTo(ref StatementBuilder builder)
    {
        if (!builder.TryAdd(value))
            throw builder.Reject(ParameterErrors.NoWriter(typeof(T), builder.Types));
    }
}

/// <summary>A value written as a type that was asked for.</summary>
internal sealed class PendingTypedValue<T>(PgParam<T> parameter) : PendingPart
{
    public override PgTypeName? MissingIn(PgTypeRegistry registry) => parameter.FindOid(registry) is null ? parameter.MissingName : null;

    public override void AppendTo(ref StatementBuilder builder)
    {
        if (parameter.FindOid(builder.Types) is not { } oid)
            throw builder.Reject(ParameterErrors.NoType(parameter.TypeName!));
        var codec = builder.Types.FindWriter<T>(oid) ?? throw builder.Reject(ParameterErrors.NoWriter(typeof(T), oid, builder.Types));
        builder.Add(parameter.Value, codec, oid);
    }
}

/// <summary>A value that is read when it is sent.</summary>
internal sealed class PendingStream(PgStreamParam parameter) : PendingPart
{
    public override void AppendTo(ref StatementBuilder builder) => builder.Add(parameter);
}
