using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace PgActors.Types;

/// <summary>A way from an object to one of its values: a property, a field, or, in a long tuple, a field of the rest.</summary>
internal static class MemberPath
{
    internal static Type TypeOf(MemberInfo[] path) => path[^1] switch
    {
        FieldInfo field => field.FieldType,
        PropertyInfo property => property.PropertyType,
        var other => throw new ArgumentException($"{other.Name} is neither a field nor a property.", nameof(path)),
    };

    /// <summary>Makes the way walkable: by emitted code, or by reflection, which boxes, where no code can be emitted.</summary>
    internal static MemberGetter<TOwner, T> MakeGetter<TOwner, T>(MemberInfo[] path)
        => RuntimeFeature.IsDynamicCodeSupported ? Emit<TOwner, T>(path) : (ref owner) => (T)Walk(owner, path)!;

    private static object? Walk(object? value, MemberInfo[] path)
    {
        foreach (var step in path)
            value = step is FieldInfo field ? field.GetValue(value) : ((PropertyInfo)step).GetValue(value);
        return value;
    }

    [RequiresDynamicCode("Emits code for the member.")]
    private static MemberGetter<TOwner, T> Emit<TOwner, T>(MemberInfo[] path)
    {
        // Visibility is skipped for private records, as it is when rows are read.
        var method = new DynamicMethod(
            "GetMember", typeof(T), [typeof(object), typeof(TOwner).MakeByRefType()], typeof(MemberPath).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_1);
        if (!typeof(TOwner).IsValueType)
            il.Emit(OpCodes.Ldind_Ref);
        for (var i = 0; i < path.Length; i++)
        {
            // The rest of a tuple is a struct in a struct, so its address goes on; of a class the object.
            var goesOn = i < path.Length - 1;
            if (path[i] is FieldInfo field)
                il.Emit(goesOn && field.FieldType.IsValueType ? OpCodes.Ldflda : OpCodes.Ldfld, field);
            else
                il.Emit(path[i].DeclaringType!.IsValueType ? OpCodes.Call : OpCodes.Callvirt, ((PropertyInfo)path[i]).GetMethod!);
        }

        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<MemberGetter<TOwner, T>>(null);
    }
}
