using System.Reflection;

namespace PgActors.Types;

/// <summary>A member found by reflection: a property, or an item of a tuple.</summary>
internal sealed class ReflectedMember<TOwner>(string name, string? column, MemberInfo[] path)
    : CompositeMember<TOwner>(name, column, MemberPath.TypeOf(path))
{
    internal override MemberWriter<TOwner> CreateWriter(PgCodec codec) => codec.CreateMemberWriter<TOwner>(path);
}
