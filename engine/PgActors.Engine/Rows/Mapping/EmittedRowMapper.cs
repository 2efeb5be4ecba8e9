using System.Diagnostics.CodeAnalysis;
using System.Reflection.Emit;
using PgActors.Types;

namespace PgActors.Rows.Mapping;

/// <summary>
/// A row of several columns, made by code emitted once for the layout: it reads the columns in the order of the wire into locals, then
/// calls the constructor and the setters. No boxing, no lookup and no reflection per row.
/// </summary>
internal sealed class EmittedRowMapper<T> : RowMapper<T>
{
    private readonly RowBuilder _builder;

    [RequiresDynamicCode("Emits code for the row.")]
    internal EmittedRowMapper(RowLayout layout, PgTypeRegistry registry, RowConstruction construction, ColumnReader[] columns)
        : base(layout, registry)
        => _builder = Emit(construction, columns);

    private delegate T RowBuilder(ref RowReader reader);

    protected override T ReadColumns(ref RowReader reader) => _builder(ref reader);

    [RequiresDynamicCode("Emits code for the row.")]
    private static RowBuilder Emit(RowConstruction construction, ColumnReader[] columns)
    {
        // Visibility is skipped, so that private and internal records can be read: their owner asked for it by naming them.
        var method = new DynamicMethod("ReadRow", typeof(T), [typeof(Constants), typeof(RowReader).MakeByRefType()],
            typeof(EmittedRowMapper<T>).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        var locals = new LocalBuilder[columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            var read = columns[i].ReadMethod;
            locals[i] = il.DeclareLocal(read.ReturnType);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, typeof(Constants).GetField(nameof(Constants.Columns))!);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Ldelem_Ref);
            il.Emit(OpCodes.Castclass, read.DeclaringType!);
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Call, read);
            il.Emit(OpCodes.Stloc, locals[i]);
        }

        var defaults = new List<object>();
        EmitConstruction(il, construction, locals, defaults);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<RowBuilder>(new Constants(columns, [.. defaults]));
    }

    /// <summary>Leaves the new object on the stack.</summary>
    private static void EmitConstruction(ILGenerator il, RowConstruction construction, LocalBuilder[] columns, List<object> defaults)
    {
        foreach (var argument in construction.Arguments)
        {
            if (argument.Nested is { } nested)
                EmitConstruction(il, nested, columns, defaults);
            else if (argument.Column >= 0)
                il.Emit(OpCodes.Ldloc, columns[argument.Column]);
            else
                EmitDefault(il, argument, defaults);
        }

        if (construction.Constructor is { } constructor)
            il.Emit(OpCodes.Newobj, constructor);
        else
            il.Emit(OpCodes.Ldloc, il.DeclareLocal(construction.Type));
        if (construction.Properties.Length == 0)
            return;

        var made = il.DeclareLocal(construction.Type);
        il.Emit(OpCodes.Stloc, made);
        foreach (var (property, column) in construction.Properties)
        {
            il.Emit(construction.Type.IsValueType ? OpCodes.Ldloca : OpCodes.Ldloc, made);
            il.Emit(OpCodes.Ldloc, columns[column]);
            il.Emit(construction.Type.IsValueType ? OpCodes.Call : OpCodes.Callvirt, property.SetMethod!);
        }

        il.Emit(OpCodes.Ldloc, made);
    }

    private static void EmitDefault(ILGenerator il, ConstructionArgument argument, List<object> defaults)
    {
        if (argument.Default is null)
        {
            // A local that nobody writes to is zero.
            il.Emit(OpCodes.Ldloc, il.DeclareLocal(argument.Type));
            return;
        }

        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, typeof(Constants).GetField(nameof(Constants.Defaults))!);
        il.Emit(OpCodes.Ldc_I4, defaults.Count);
        il.Emit(OpCodes.Ldelem_Ref);
        il.Emit(OpCodes.Unbox_Any, argument.Type);
        defaults.Add(argument.Default);
    }

    /// <summary>What the emitted code is closed over.</summary>
    private sealed class Constants(ColumnReader[] columns, object[] defaults)
    {
        public readonly ColumnReader[] Columns = columns;
        public readonly object[] Defaults = defaults;
    }
}
