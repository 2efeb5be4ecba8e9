using System.Globalization;
using System.Text;

namespace PgActors.Testing;

/// <summary>
/// No way led to a PostgreSQL server of the wanted major version on this machine. The message lists every way that was tried, the step
/// that failed, why, and what to install.
/// </summary>
public sealed class PostgresUnavailableException : Exception
{
    /// <summary>Creates the exception with the default message.</summary>
    public PostgresUnavailableException()
    {
    }

    /// <summary>Creates the exception with a message of the caller.</summary>
    /// <param name="message">The message.</param>
    public PostgresUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message of the caller.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public PostgresUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception from the ways that were tried.</summary>
    /// <param name="major">The wanted major version.</param>
    /// <param name="ways">The ways, in the order they were tried.</param>
    public PostgresUnavailableException(int major, IReadOnlyList<UnavailableWay> ways)
        : base(Describe(major, ways))
    {
        Ways = ways;
    }

    /// <summary>The ways that were tried, in order. Empty when the exception was not made by the launcher.</summary>
    public IReadOnlyList<UnavailableWay> Ways { get; } = [];

    private static string Describe(int major, IReadOnlyList<UnavailableWay> ways)
    {
        var text = new StringBuilder($"No PostgreSQL {major} server can be had on this machine. Tried, in this order:");
        for (var i = 0; i < ways.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {i + 1}. {ways[i].Way}: {ways[i].Reason.TrimEnd()}")
                .Append(CultureInfo.InvariantCulture, $"\n     To make it work: {ways[i].Remedy}");
        }

        return text.ToString();
    }
}
