namespace PgActors.Protocol;

/// <summary>The unsigned 16-bit counts in front of parameters, columns and format codes.</summary>
internal static class WireCount
{
    /// <summary>Refuses a count that the wire cannot carry. To be asked before the message is begun: a count that wrapped would let the
    /// rest of the message be read as another one.</summary>
    /// <exception cref="ArgumentException">More than 65,535.</exception>
    public static ushort Checked(int count, string what)
    {
        if (count > ushort.MaxValue)
            throw new ArgumentException($"{count:N0} {what} are more than the {ushort.MaxValue:N0} that one PostgreSQL message can carry.");
        return (ushort)count;
    }
}
