using PgActors.Protocol;
using PgActors.Rows.Mapping;

namespace PgActors.Types;

/// <summary>Writes objects as values of one composite type: a member for each column.</summary>
internal sealed class RecordWriter<T>
{
    private readonly uint[] _types;
    private readonly MemberWriter<T>[] _members;

    private RecordWriter(uint[] types, MemberWriter<T>[] members)
    {
        _types = types;
        _members = members;
    }

    internal static RecordWriter<T> MakeOfTuple(in TypeContext context)
    {
        var members = TuplePlanner.MembersOf(typeof(T)).ConvertAll(path => (CompositeMember<T>)new ReflectedMember<T>("", null, path));
        var attributes = context.Description!.Attributes;
        return members.Count == attributes.Count
            ? Make(context, members)
            : throw new ArgumentException(
                $"The type {context.Registry.NameOf(context.Oid)} has {attributes.Count} columns, and the tuple {members.Count} items.");
    }

    internal void WriteBinary(WireWriter writer, T value)
    {
        writer.WriteInt32(_members.Length);
        for (var i = 0; i < _members.Length; i++)
        {
            writer.WriteUInt32(_types[i]);
            _members[i].WriteBinary(writer, ref value);
        }
    }

    internal void WriteText(WireWriter writer, T value)
    {
        using var scratch = new WireWriter();
        writer.WriteByte((byte)'(');
        for (var i = 0; i < _members.Length; i++)
        {
            if (i > 0)
                writer.WriteByte((byte)',');
            scratch.Clear();
            if (_members[i].TryWriteText(scratch, ref value))
                QuotedText.WriteField(writer, scratch.WrittenSpan);
        }

        writer.WriteByte((byte)')');
    }

    /// <summary>A writer of members, one for each column.</summary>
    internal static RecordWriter<T> Make(in TypeContext context, List<CompositeMember<T>> members)
    {
        var attributes = context.Description!.Attributes;
        var writers = new MemberWriter<T>[attributes.Count];
        for (var i = 0; i < writers.Length; i++)
        {
            var type = members[i].Type;
            var codec = context.Registry.FindWriter(type, attributes[i].TypeOid)
                ?? throw new ArgumentException(
                    $"Column \"{attributes[i].Name}\" of {context.Registry.NameOf(context.Oid)} is "
                    + $"{context.Registry.NameOf(attributes[i].TypeOid)}; {ClrTypeName.Of(type)} cannot be written as that.");
            writers[i] = members[i].CreateWriter(codec);
        }

        return new RecordWriter<T>([.. attributes.Select(attribute => attribute.TypeOid)], writers);
    }
}
