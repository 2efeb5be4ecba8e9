using System.Globalization;

namespace PgActors.Testing;

/// <summary>
/// The user whom servers run as. PostgreSQL refuses to run as root, so root hands its servers to <c>postgres</c> or <c>nobody</c>; anyone
/// else runs them as oneself.
/// </summary>
internal sealed class ServerUser
{
    private static readonly string[] Candidates = ["postgres", "nobody"];

    // root's home is closed to the user, and libpq inside the server (a standby's receiver) fails on a home that it may not look into.
    private static readonly string[] AwayFromHome = ["env", "HOME=/"];
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(20);

    private readonly Switching _switching;
    private readonly uint _userId;
    private readonly uint _groupId;

    private ServerUser(string name, Switching switching, uint userId = 0, uint groupId = 0)
    {
        Name = name;
        _switching = switching;
        _userId = userId;
        _groupId = groupId;
    }

    private enum Switching
    {
        /// <summary>No switch: the process is no root.</summary>
        None,

        /// <summary>setpriv of util-linux: no PAM session, no shell.</summary>
        Setpriv,

        /// <summary>runuser of util-linux.</summary>
        Runuser,

        /// <summary>su, which every Unix has.</summary>
        Su,
    }

    /// <summary>The user's name.</summary>
    public string Name { get; }

    /// <summary>True when the user is another than the one of this process.</summary>
    public bool IsAnother => _switching != Switching.None;

    /// <summary>Finds the user, or says which step failed.</summary>
    public static async Task<(ServerUser? User, string Reason)> FindAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return (new ServerUser(Environment.UserName, Switching.None), "");
        }

        var found = Candidates.Select(Lookup).FirstOrDefault(user => user is not null);
        if (found is not { } account)
        {
            return (null, "running as root, which PostgreSQL refuses, and /etc/passwd has neither 'postgres' nor 'nobody' to run it as");
        }

        var reasons = new List<string>();
        foreach (var switching in new[] { Switching.Setpriv, Switching.Runuser, Switching.Su })
        {
            var user = new ServerUser(account.Name, switching, account.UserId, account.GroupId);
            var probe = await user.RunAsync(["/bin/sh", "-c", "exit 0"], ProbeLimit, cancellationToken: cancellationToken);
            if (probe.Succeeded)
            {
                return (user, "");
            }

            reasons.Add(probe.Describe());
        }

        var why = string.Join("; ", reasons);
        return (null, $"running as root, and none of setpriv, runuser and su can run a program as {account.Name}: {why}");
    }

    /// <summary>Runs a program as this user.</summary>
    public Task<ProcessOutcome> RunAsync(
        IReadOnlyList<string> command, TimeSpan limit, string? input = null, CancellationToken cancellationToken = default) =>
        ChildProcess.RunAsync(Command(command), limit, input, cancellationToken: cancellationToken);

    /// <summary>The command that runs a command as this user.</summary>
    public IReadOnlyList<string> Command(IReadOnlyList<string> command) => _switching switch
    {
        Switching.None => command,
        Switching.Setpriv => ["setpriv", $"--reuid={_userId}", $"--regid={_groupId}", "--clear-groups", .. AwayFromHome, .. command],
        Switching.Runuser => ["runuser", "-u", Name, "--", .. AwayFromHome, .. command],
        Switching.Su => ["su", "-s", "/bin/sh", Name, "-c", "exec " + string.Join(' ', command.Select(Quote))],
    };

    /// <summary>Gives a file or folder (not what is in it) to this user.</summary>
    public void Own(string path)
    {
        if (IsAnother)
        {
            PosixCalls.ChangeOwner(path, _userId, _groupId);
        }
    }

    private static (string Name, uint UserId, uint GroupId)? Lookup(string name)
    {
        foreach (var line in File.ReadLines("/etc/passwd"))
        {
            // passwd(5): name:password:uid:gid:comment:home:shell. Darwin writes nobody's id as -2.
            var fields = line.Split(':');
            if (fields.Length >= 4 && fields[0] == name
                && int.TryParse(fields[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var user)
                && int.TryParse(fields[3], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var group))
            {
                return (name, unchecked((uint)user), unchecked((uint)group));
            }
        }

        return null;
    }

    private static string Quote(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
