using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>Writes one member of an object as a column of a composite.</summary>
internal abstract class MemberWriter<TOwner>
{
    /// <summary>Appends the length and the binary form.</summary>
    internal abstract void WriteBinary(WireWriter writer, ref TOwner owner);

    /// <summary>Appends the text form.</summary>
    /// <returns><see langword="false"/> if it is NULL, and nothing was written.</returns>
    internal abstract bool TryWriteText(WireWriter writer, ref TOwner owner);
}

/// <summary>Writes a member of type <typeparamref name="T"/>.</summary>
internal sealed class MemberWriter<TOwner, T>(PgCodec<T> codec, MemberGetter<TOwner, T> get) : MemberWriter<TOwner>
{
    internal override void WriteBinary(WireWriter writer, ref TOwner owner)
    {
        var value = get(ref owner);
        if (value is null)
        {
            writer.WriteNull();
            return;
        }

        var mark = writer.BeginValue();
        codec.WriteBinary(writer, value);
        writer.EndValue(mark);
    }

    internal override bool TryWriteText(WireWriter writer, ref TOwner owner)
    {
        var value = get(ref owner);
        if (value is null)
            return false;
        codec.WriteText(writer, value);
        return true;
    }
}
