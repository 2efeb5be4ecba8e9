namespace PgActors.Testing;

/// <summary>
/// A server that could be had did not do as it was told: a setting it rejects, an SQL statement that failed, a start or a stop that did not
/// end in time. The message carries the end of the server's log or the words of the failed program.
/// </summary>
public sealed class PostgresServerException : Exception
{
    /// <summary>Creates the exception with the default message.</summary>
    public PostgresServerException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed, and what the program or the server said.</param>
    public PostgresServerException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed, and what the program or the server said.</param>
    /// <param name="innerException">The cause.</param>
    public PostgresServerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
