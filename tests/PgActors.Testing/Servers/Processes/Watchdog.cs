using System.Diagnostics;

namespace PgActors.Testing;

/// <summary>
/// A small process that outlives this one, whatever ends it, and then stops the servers of a folder and removes the folder. It reads a pipe
/// that only this process can write to; when this process ends, even by SIGKILL, the system closes the pipe, and that is the signal.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    // The servers are told SIGQUIT (an immediate shutdown) and get ten seconds; then they are killed. A process counts as ours only when
    // its
    // command line names the data folder, because the number in a left-over postmaster.pid may belong to a stranger by now.
    private const string Script =
        """
        trap '' HUP INT QUIT TERM
        while read -r _; do :; done
        words() { if [ -r "/proc/$1/cmdline" ]; then tr '\000' ' ' <"/proc/$1/cmdline"; else ps -o args= -p "$1"; fi; }
        ours() { kill -0 "$1" && case $(words "$1") in *"$2"*) true;; *) false;; esac; }
        for server in "$1"/*; do
          if [ -e "$server/container" ]; then
            docker rm -f -v "$(cat "$server/container")"
          fi
          if [ -e "$server/network" ]; then
            docker network rm "$(cat "$server/network")"
          fi
          pid=
          [ ! -e "$server/data/postmaster.pid" ] || read -r pid <"$server/data/postmaster.pid"
          case $pid in ''|*[!0-9]*) continue;; esac
          ours "$pid" "$server/data" || continue
          kill -QUIT "$pid"
          tries=0
          while [ $tries -lt 100 ] && ours "$pid" "$server/data"; do sleep 0.1 || sleep 1; tries=$((tries + 1)); done
          ours "$pid" "$server/data" && kill -KILL "$pid"
        done
        rm -rf "$1"
        """;

    // A session and a parent of its own: neither Ctrl-C nor the killing of a process tree may reach it.
    private const string Launcher =
        """
        exec 3<&0
        if command -v setsid >/dev/null 2>&1; then
          setsid /bin/sh -c "$1" pgactors-watchdog "$2" <&3 3<&- >/dev/null 2>&1 &
        else
          /bin/sh -c "$1" pgactors-watchdog "$2" <&3 3<&- >/dev/null 2>&1 &
        fi
        """;

    private const string WindowsScript =
        """
        [void][Console]::In.ReadToEnd()
        foreach ($server in Get-ChildItem -Directory -LiteralPath $env:PGACTORS_RUN) {
          $file = Join-Path $server.FullName 'data/postmaster.pid'
          if (Test-Path -LiteralPath $file) { Stop-Process -Force -Id (Get-Content -LiteralPath $file -TotalCount 1) -ErrorAction Ignore }
        }
        Start-Sleep -Seconds 1
        Remove-Item -Recurse -Force -LiteralPath $env:PGACTORS_RUN
        """;

    private readonly Process _process;

    private Watchdog(Process process) => _process = process;

    /// <summary>Starts a watchdog over a folder whose subfolders are servers.</summary>
    public static async Task<Watchdog> StartAsync(string folder, CancellationToken cancellationToken)
    {
        string[] command = OperatingSystem.IsWindows()
            ? ["powershell", "-NoProfile", "-NonInteractive", "-Command", WindowsScript]
            : ["/bin/sh", "-c", Launcher, "pgactors-watchdog", Script, folder];
        var info = ChildProcess.StartInfo(command);
        info.Environment["PGACTORS_RUN"] = folder;
        var process = Process.Start(info)!;
        if (!OperatingSystem.IsWindows())
        {
            await process.WaitForExitAsync(cancellationToken);
        }

        return new Watchdog(process);
    }

    /// <summary>Lets go of the pipe: the watchdog does its work now.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.Dispose();
    }
}
