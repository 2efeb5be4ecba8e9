using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace PgActors.Generators.Sql;

/// <summary>Recognizes text that was put together from parts that are not known at compile time.</summary>
internal static class BuiltText
{
    /// <summary>How the text was built; <see langword="null"/> if it is whole, or nobody can see where it comes from.</summary>
    internal static string? Describe(IOperation value) => Describe(value, followLocals: true);

    private static string? Describe(IOperation value, bool followLocals)
    {
        if (IsFixed(value))
            return null;
        return value switch
        {
            IConversionOperation conversion => Describe(conversion.Operand, followLocals),
            IParenthesizedOperation parenthesized => Describe(parenthesized.Operand, followLocals),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } => "concatenation",
            IInterpolatedStringOperation { Parts: var parts }
                when parts.OfType<IInterpolationOperation>().Any(part => !IsFixed(part.Expression)) => "interpolation into a string",
            IInvocationOperation { TargetMethod: { ContainingType.SpecialType: SpecialType.System_String } method } call
                => DescribeCall(method, call, followLocals),
            IInvocationOperation { TargetMethod: { Name: "ToString", ContainingType.Name: "StringBuilder" } } => "a StringBuilder",
            IConditionalOperation conditional => Describe(conditional.WhenTrue, followLocals)
                ?? (conditional.WhenFalse is { } other ? Describe(other, followLocals) : null),
            ICoalesceOperation coalesce => Describe(coalesce.Value, followLocals) ?? Describe(coalesce.WhenNull, followLocals),
            ILocalReferenceOperation local when followLocals => DescribeLocal(local),
            _ => null,
        };
    }

    private static string? DescribeCall(IMethodSymbol method, IInvocationOperation call, bool followLocals)
    {
        if (method.Name is "Format" or "Concat" or "Join" or "Replace" or "Insert" && !call.Arguments.All(a => IsFixed(a.Value)))
            return "string." + method.Name;
        return call.Instance is { } instance ? Describe(instance, followLocals) : null;
    }

    /// <summary>What is known at compile time, fixed when the program starts, or quoted.</summary>
    private static bool IsFixed(IOperation value) => value switch
    {
        { ConstantValue.HasValue: true } or { Type.Name: "PgIdentifier" } => true,
        IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } } => true,
        IConversionOperation conversion => IsFixed(conversion.Operand),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum => IsFixed(sum.LeftOperand) && IsFixed(sum.RightOperand),
        _ => false,
    };

    /// <summary>Everything that the local is given anywhere in its method.</summary>
    private static string? DescribeLocal(ILocalReferenceOperation reference)
    {
        IOperation root = reference;
        while (root.Parent is { } parent)
            root = parent;
        foreach (var operation in root.Descendants())
        {
            var how = operation switch
            {
                IVariableDeclaratorOperation declared when IsSame(declared.Symbol, reference.Local)
                    => declared.GetVariableInitializer() is { } given ? Describe(given.Value, followLocals: false) : null,
                ICompoundAssignmentOperation { Target: ILocalReferenceOperation target } appended when IsSame(target.Local, reference.Local)
                    => IsFixed(appended.Value) ? null : "concatenation",
                ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assigned when IsSame(target.Local, reference.Local)
                    => Describe(assigned.Value, followLocals: false),
                _ => null,
            };
            if (how is not null)
                return how;
        }

        return null;
    }

    private static bool IsSame(ILocalSymbol one, ILocalSymbol other) => SymbolEqualityComparer.Default.Equals(one, other);
}
