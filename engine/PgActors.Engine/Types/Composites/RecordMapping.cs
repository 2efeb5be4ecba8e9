using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using PgActors.Rows.Mapping;

namespace PgActors.Types;

/// <summary>Composites that nobody mapped, and anonymous records, as tuples and as arrays of objects: what a value is made of stands in the
/// value itself.</summary>
internal sealed class RecordMapping : PgTypeMapping
{
    private RecordMapping()
        : base(typeof(object[]), default, PgTypeUse.Read | PgTypeUse.Write)
    {
    }

    internal static RecordMapping Instance { get; } = new();

    internal override Type ArrayClrType => typeof(object[][]);

    internal override PgCodec? FindScalar(Type type, in TypeContext context)
    {
        if (type == typeof(object[]))
            return new RecordArrayCodec(context.Registry);
        return RuntimeFeature.IsDynamicCodeSupported ? Forms(type, context)?.FindScalar(type) : null;
    }

    internal override PgCodec? FindArray(Type type, in TypeContext context, ArrayElement element)
    {
        if (ArrayForms.Find(type, new RecordArrayCodec(context.Registry), element) is { } objects)
            return objects;
        return RuntimeFeature.IsDynamicCodeSupported && ClrTypes.PartOf(type) is { } item
            ? Forms(item, context)?.FindArray(type, element)
            : null;
    }

    [RequiresDynamicCode("Makes codecs of tuples by reflection; map them with PgTypeMapping.Composite where that is not possible.")]
    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "The type is a tuple, whose constructors are kept.")]
    [UnconditionalSuppressMessage("Trimming", "IL2071", Justification = "A tuple that is a struct has what the constraint asks for.")]
    [UnconditionalSuppressMessage("Trimming", "IL2065", Justification = "TupleForms has the constructor that is called.")]
    private static ITupleForms? Forms(Type type, in TypeContext context)
    {
        var tuple = Nullable.GetUnderlyingType(type) ?? type;
        if (!TuplePlanner.IsTuple(tuple))
            return null;
        var forms = tuple.IsValueType ? typeof(ValueTupleForms<>) : typeof(TupleForms<>);
        return (ITupleForms)Activator.CreateInstance(forms.MakeGenericType(tuple), context)!;
    }
}

/// <summary>The codecs that follow from one type of tuple.</summary>
internal interface ITupleForms
{
    PgCodec? FindScalar(Type type);

    PgCodec? FindArray(Type type, ArrayElement element);
}

/// <summary>Those of a struct.</summary>
internal sealed class ValueTupleForms<T>(TypeContext context) : ITupleForms
    where T : struct
{
    private readonly RecordCodec<T> _codec = new(context);

    public PgCodec? FindScalar(Type type) => ValueForms.FindScalar(type, _codec);

    public PgCodec? FindArray(Type type, ArrayElement element) => ValueForms.FindArray(type, _codec, element);
}

/// <summary>Those of a class.</summary>
internal sealed class TupleForms<T>(TypeContext context) : ITupleForms
    where T : class
{
    private readonly RecordCodec<T> _codec = new(context);

    public PgCodec? FindScalar(Type type) => type == typeof(T) ? _codec : null;

    public PgCodec? FindArray(Type type, ArrayElement element) => ArrayForms.Find(type, _codec, element);
}
