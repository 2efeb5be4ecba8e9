using System.Globalization;

namespace PgActors.Connections;

/// <summary>Puts the comma lists of <c>host</c>, <c>hostaddr</c> and <c>port</c> together: as many of each, or one port for all.</summary>
internal static class HostList
{
    private const string UnescapedPassword =
        " If this is part of a password, percent-encode its signs: '@' is %40, ':' %3A, '/' %2F, '?' %3F, '%' %25.";

    /// <summary>Builds the list.</summary>
    /// <param name="host">The names, or null.</param>
    /// <param name="hostaddr">The addresses, or null.</param>
    /// <param name="port">The ports, or null.</param>
    /// <param name="defaultHost">The host for an item that has neither name nor address.</param>
    /// <param name="hosts">The hosts.</param>
    /// <returns>The problem, or null.</returns>
    public static OptionProblem? Build(
        OptionValue? host, OptionValue? hostaddr, OptionValue? port, string defaultHost, out List<PgHost> hosts)
    {
        hosts = [];
        var names = Split(host);
        var addresses = Split(hostaddr);
        var ports = Split(port);
        var count = Math.Max(1, Math.Max(names.Length, addresses.Length));
        if (host is not null && hostaddr is not null && names.Length > 0 && addresses.Length > 0 && names.Length != addresses.Length)
        {
            return hostaddr.Blame(new ValueProblem(
                $"There are {names.Length} in 'host' and {addresses.Length} in 'hostaddr'. Give as many of each; an item may be empty."));
        }

        if (port is not null && ports.Length > 1 && ports.Length != count)
        {
            return port.Blame(new ValueProblem(
                $"There are {ports.Length} in 'port' for {count} host(s). Give one port for all, or one for each; an item may be empty."));
        }

        for (var i = 0; i < count; i++)
        {
            if (ReadPort(port, ports, ports.Length == 1 ? 0 : i, out var number) is { } portProblem)
                return portProblem;

            var address = Item(addresses, i);
            var name = Item(names, i) ?? (address is null ? defaultHost : "");
            var item = new PgHost(name, address, number);
            if (HostRules.Check(item) is { } problem)
                return Blame(problem, host, hostaddr, port, i);

            hosts.Add(item);
        }

        return null;
    }

    private static OptionProblem Blame(
        (string Keyword, string Message) problem, OptionValue? host, OptionValue? hostaddr, OptionValue? port, int item)
    {
        var value = problem.Keyword switch
        {
            "host" => host,
            "hostaddr" => hostaddr,
            _ => port,
        };
        return value?.Blame(new ValueProblem(problem.Message, OffsetOf(Split(value), item)))
            ?? new OptionProblem(problem.Message, problem.Keyword);
    }

    private static OptionProblem? ReadPort(OptionValue? port, string[] ports, int item, out int number)
    {
        number = PgHost.DefaultPort;
        if (Item(ports, item) is not { } text)
            return null;

        if (!int.TryParse(text.AsSpan().Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
        {
            // A URI whose password is not encoded, or that lacks a host, has part of the password in this place: it is not shown.
            var message = port!.IsAuthority
                ? (text.Contains(':')
                    ? "What follows the ':' of a host is no port. An IPv6 address stands in brackets: [::1]:5432."
                    : "What follows the ':' of a host is no port: it must be 1 to 65535.") + UnescapedPassword
                : $"{SecretScan.Quote(text)} is not a port: it must be 1 to 65535.";
            return port.Blame(new ValueProblem(message, OffsetOf(ports, item)));
        }

        return null;
    }

    private static string[] Split(OptionValue? list) => list is null || list.Text.Length == 0 ? [] : list.Text.Split(',');

    private static string? Item(string[] items, int index) => index < items.Length && items[index].Length > 0 ? items[index] : null;

    private static int OffsetOf(string[] items, int index) => items.Take(index).Sum(i => i.Length + 1);
}
