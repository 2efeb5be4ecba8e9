using Microsoft.CodeAnalysis;
using PgActors.Generators.Symbols;

namespace PgActors.Generators.Rows;

/// <summary>What types of members mean for the columns that go there.</summary>
internal static class MemberTypes
{
    /// <summary>Whether the type can be a type argument and be named by <c>typeof</c>.</summary>
    internal static bool IsSpeakable(ITypeSymbol type)
        => type is not { IsRefLikeType: true } && type.TypeKind is not (TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.Dynamic);

    /// <summary>Whether some mapping might read a column as the type. Any type may be mapped by its owner, except those that no codec is
    /// for or that are made of no value.</summary>
    internal static bool IsReadable(ITypeSymbol type)
        => IsSpeakable(type) && type.TypeKind != TypeKind.Delegate && type.SpecialType is not (SpecialType.System_Object
            or SpecialType.System_Delegate or SpecialType.System_MulticastDelegate);

    /// <summary>Whether NULL may go there: into <c>T?</c>, and into a reference that is not declared as never null.</summary>
    internal static bool AllowsNull(ITypeSymbol type, NullableAnnotation annotation, ISymbol member)
    {
        if (type.IsValueType)
            return type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        if (AttributeNames.Has(member, AttributeNames.DisallowNull))
            return false;
        return annotation != NullableAnnotation.NotAnnotated || AttributeNames.Has(member, AttributeNames.AllowNull);
    }
}
