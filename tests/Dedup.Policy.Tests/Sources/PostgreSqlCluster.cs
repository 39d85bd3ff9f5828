using System.Diagnostics;
using Dedup.TestSupport;

namespace Dedup.Policy.Tests.Sources;

/// <summary>A PostgreSQL server on a socket in a folder of its own, without any network; run by root it runs as the user postgres.</summary>
internal sealed class PostgreSqlCluster : IDisposable
{
    private static readonly string Programs = Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last() + "/bin";

    private readonly ScratchDirectory _folder = new();

    public PostgreSqlCluster()
    {
        _folder.Make("data");
        if (Environment.IsPrivilegedProcess)
        {
            ExternalTool.Require("/", "chown", "-R", "postgres:", _folder.Path);
        }

        AsServer("initdb", "--pgdata", Data, "--username=postgres", "--auth=trust", "--no-sync", "--data-checksums");
        File.AppendAllText(Path.Combine(Data, "postgresql.conf"), $"""

            listen_addresses = ''
            unix_socket_directories = '{Socket}'
            fsync = off
            wal_keep_size = 1GB
            archive_mode = on
            archive_command = 'touch {_folder["archived"]}'

            """);
        Start();
        Sql("postgres", "create role shop login");
        Sql("postgres", "create database shop owner shop");
    }

    public string Socket => _folder.Path;

    public string Data => _folder["data"];

    /// <summary>A file that the server makes whenever it archives: one that is restored must not.</summary>
    public string Archived => _folder["archived"];

    /// <summary>A connection string.</summary>
    public string Connection(string database) => $"host={Socket} user=postgres dbname={database}";

    public string Sql(string database, string sql) => Client("psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--dbname", Connection(database), "--command", sql).Trim();

    public string Client(string program, params string[] arguments) => ExternalTool.Require(_folder.Path, $"{Programs}/{program}", arguments);

    /// <summary>Starts a process that writes until it is killed.</summary>
    public Process StartWriting(string database, string script)
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, script);
        return Process.Start(new ProcessStartInfo(
            $"{Programs}/pgbench", ["--no-vacuum", "--client=2", "--time=600", "--file", file, Connection(database)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    /// <summary>Stops the server and starts it again, so that it reads from the disk what it had in memory.</summary>
    /// <param name="meanwhile">Is done while it is down.</param>
    public void Restart(Action meanwhile)
    {
        AsServer("pg_ctl", "stop", "--mode=fast", "--silent", "--pgdata", Data);
        meanwhile();
        Start();
    }

    public void Dispose()
    {
        AsServer("pg_ctl", "stop", "--mode=immediate", "--silent", "--pgdata", Data);
        _folder.Dispose();
    }

    private void Start() => AsServer("pg_ctl", "start", "--wait", "--silent", "--pgdata", Data, "--log", _folder["log"]);

    private void AsServer(string program, params string[] arguments)
    {
        string path = $"{Programs}/{program}";
        if (Environment.IsPrivilegedProcess)
        {
            ExternalTool.Require(_folder.Path, "setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", "--", path, .. arguments]);
        }
        else
        {
            ExternalTool.Require(_folder.Path, path, arguments);
        }
    }
}
