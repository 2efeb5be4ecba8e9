namespace PgActors.Protocol;

/// <summary>Appends messages to a writer that others share.</summary>
public static class WireMessageWriting
{
    /// <summary>Appends the whole of <paramref name="message"/> or, if it cannot be written, nothing, so that what stands before it can
    /// still be sent.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="message">The message; its type is known at compile time, so it is not boxed.</param>
    /// <exception cref="ArgumentException">The message has no form on the wire: a NUL or a lone surrogate in a text, too many items, too
    /// many bytes.</exception>
    public static void Append<TMessage>(this WireWriter writer, TMessage message)
        where TMessage : IWireMessage
    {
        var mark = writer.Length;
        try
        {
            message.Write(writer);
        }
        catch
        {
            writer.Truncate(mark);
            throw;
        }
    }
}
