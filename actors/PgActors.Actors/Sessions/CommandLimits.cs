using PgActors.Protocol;

namespace PgActors.Sessions;

/// <summary>What of a command fits into the messages of the protocol.</summary>
internal static class CommandLimits
{
    // What a Bind or a Parse holds beside its parameters or its text: names of at most 63 bytes, counts, formats.
    private const int MessageOverhead = 1024;

    /// <summary>Why a command can never be written; <see langword="null"/> if it can.</summary>
    public static string? ProblemOf(SqlStatement statement, int parameterCount, int parameterBytes)
    {
        if (parameterCount > ushort.MaxValue)
            return $"The command has {parameterCount:N0} parameters; PostgreSQL takes at most {ushort.MaxValue:N0}. Pass arrays instead.";
        return Math.Max(parameterBytes, statement.Utf8.Length) > WireWriter.MaxMessageLength - MessageOverhead
            ? "The command is larger than a message of the protocol can be, 1 GiB. Split its values, or send them with several commands."
            : null;
    }
}
