using System.Globalization;
using Dedup.Policy.Sources;
using Dedup.Sources;

namespace Dedup.Policy.Drills;

/// <summary>
/// A PostgreSQL server of a drill: in a private folder, reached by a socket in it alone, without anything of the restored cluster's settings that would touch
/// others. Run by root it runs as another user, as it refuses root.
/// </summary>
internal sealed class PostgreSqlServer : IDisposable
{
    /// <summary>What a socket's path may have at most: 108 bytes with its end (unix(7)), and the name that PostgreSQL gives it.</summary>
    private const int MaxSocketFolder = 107 - 15;

    /// <summary>Settings that keep a restored cluster to itself: it must not archive, subscribe, replicate, or listen.</summary>
    private const string Settings = """
        listen_addresses = ''
        archive_mode = off
        hot_standby = off
        max_logical_replication_workers = 0
        max_prepared_transactions = 1000
        autovacuum = off
        ssl = off
        shared_buffers = 128MB
        logging_collector = off
        log_destination = stderr
        """;

    /// <summary>How often a server that recovers is asked whether it is ready.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static readonly string[] Grave = ["FATAL", "PANIC", "ERROR"];

    private readonly DrillRun _run;
    private readonly string _programs;
    private readonly ScratchFolder _scratch;
    private readonly string _superuser;
    private bool _isRunning;

    private PostgreSqlServer(DrillRun run, string programs, string superuser, ScratchFolder scratch)
    {
        _run = run;
        _programs = programs;
        _superuser = superuser;
        _scratch = scratch;
        Data = Path.Combine(scratch.Path, "data");
    }

    /// <summary>The folder of the cluster's files.</summary>
    public string Data { get; }

    private string Log => Path.Combine(_scratch.Path, "log");

    private static bool ChangesUser => NativeCalls.IsRoot;

    /// <summary>Makes a folder for a cluster.</summary>
    /// <param name="run">The drill.</param>
    /// <param name="programs">PostgreSQL's programs.</param>
    /// <param name="superuser">Who questions are asked as.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="SourceFailedException">It cannot be made, or its path is too long.</exception>
    public static async Task<PostgreSqlServer> PrepareAsync(DrillRun run, string programs, string superuser, CancellationToken cancellationToken)
    {
        ScratchFolder scratch = ScratchFolder.Create(run.Options.ScratchParent);
        PostgreSqlServer server = new(run, programs, superuser, scratch);
        try
        {
            if (System.Text.Encoding.UTF8.GetByteCount(scratch.Path) > MaxSocketFolder)
            {
                throw new SourceFailedException($"{scratch.Path}: is too long a path for a socket; name a scratch folder with a shorter one");
            }

            scratch.Make("data");
            await server.GiveAwayAsync(scratch.Path, cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            scratch.Dispose();
            throw;
        }
    }

    /// <summary>Makes an empty cluster.</summary>
    public async Task<bool> InitialiseAsync(CancellationToken cancellationToken) => (await _run.RequireAsync(
        DrillPhaseKind.Prepare, "initdb",
        AsServer("initdb", $"--pgdata={Data}", $"--username={_superuser}", "--auth=trust", "--encoding=UTF8", "--locale=C"), cancellationToken).ConfigureAwait(false)).Succeeded;

    /// <summary>Unpacks a base backup.</summary>
    public async Task<bool> UnpackAsync(string archive, CancellationToken cancellationToken)
    {
        ToolCall tar = new("tar", ["--extract", $"--file={archive}", $"--directory={Data}", "--no-same-owner"], _scratch.Path);
        return (await _run.RequireAsync(DrillPhaseKind.Prepare, archive, tar, cancellationToken).ConfigureAwait(false)).Succeeded;
    }

    /// <summary>Starts the server and waits until it has recovered and takes questions.</summary>
    public async Task<bool> StartAsync(CancellationToken cancellationToken)
    {
        await _run.DoAsync(DrillPhaseKind.Prepare, "settings", async () =>
        {
            string socket = _scratch.Path.Replace("'", "''", StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(Data, "postgresql.conf"), $"{Settings}\nunix_socket_directories = '{socket}'\n");
            File.WriteAllText(Path.Combine(Data, "postgresql.auto.conf"), "");
            File.WriteAllText(Path.Combine(Data, "pg_hba.conf"), "local all all trust\n");
            File.WriteAllText(Path.Combine(Data, "pg_ident.conf"), "");
            File.Delete(Path.Combine(Data, "standby.signal"));
            File.Delete(Path.Combine(Data, "recovery.signal"));
            await GiveAwayAsync(Data, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        _isRunning = true;
        ToolResult? started = null;
        await _run.DoAsync(DrillPhaseKind.Prepare, "server", async () => started = await LaunchAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        if (started is { Succeeded: true })
        {
            return true;
        }

        string[] log = File.Exists(Log) ? File.ReadAllLines(Log) : [];
        IEnumerable<string> why = log.Where(static line => Grave.Any(word => line.Contains(word, StringComparison.Ordinal)));
        _run.Add(DrillPhaseKind.Prepare, "server", $"PostgreSQL does not start on what was restored: {string.Join("; ", why.DefaultIfEmpty(started?.Describe() ?? "").Take(5))}");
        return false;
    }

    /// <summary>Asks a question, or runs a program of PostgreSQL that connects.</summary>
    /// <param name="kind">For which part of the drill.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="program">The program.</param>
    /// <param name="database">The database.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <param name="arguments">Its other arguments.</param>
    public Task<ToolResult> RequireAsync(
        DrillPhaseKind kind, string subject, string program, string database, CancellationToken cancellationToken, params string[] arguments) =>
        _run.RequireAsync(kind, subject, Client(program, database, arguments), cancellationToken);

    /// <summary>A program that connects to a database.</summary>
    public ToolCall Client(string program, string database, params string[] arguments) => new(
        Path.Combine(_programs, program), [.. Address, $"--dbname=dbname={Quote(database)}", .. arguments], _scratch.Path);

    /// <summary>PostgreSQL's own check of the tables and indexes of a database.</summary>
    public ToolCall StructureCheck(string database) =>
        new(Path.Combine(_programs, "pg_amcheck"), [.. Address, "--install-missing", "--", database], _scratch.Path);

    /// <summary>Whether PostgreSQL here has a program.</summary>
    public bool Has(string program) => File.Exists(Path.Combine(_programs, program));

    /// <summary>A program that works on the cluster's files.</summary>
    public ToolCall Files(string program, params string[] arguments) => new(Path.Combine(_programs, program), [.. arguments, Data], _scratch.Path);

    /// <summary>Stops the server, by force when it does not heed, and removes everything.</summary>
    public void Dispose()
    {
        if (_isRunning)
        {
            LeftServer.Stop(_scratch.Path);
        }

        _scratch.Dispose();
    }

    private string[] Address => [$"--host={_scratch.Path}", $"--username={_superuser}"];

    // It counts as started before it has recovered; only then it takes questions.
    private async Task<ToolResult> LaunchAsync(CancellationToken cancellationToken)
    {
        TimeSpan limit = _run.Options.PostgreSql.StartTimeLimit;
        string seconds = limit.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        ToolResult result = await Tool.RunAsync(
            AsServer("pg_ctl", "start", "--wait", $"--timeout={seconds}", "--silent", $"--pgdata={Data}", $"--log={Log}"), cancellationToken).ConfigureAwait(false);
        ToolCall ask = new(Path.Combine(_programs, "pg_isready"), [.. Address, "--quiet"], _scratch.Path);
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limit);
        while (result.Succeeded && !(await Tool.RunAsync(ask, cancellationToken).ConfigureAwait(false)).Succeeded)
        {
            if (!File.Exists(Path.Combine(Data, "postmaster.pid")) || patience.IsCancellationRequested)
            {
                return new ToolResult(null, "", $"is not ready, {(patience.IsCancellationRequested ? $"{seconds} s after its start" : "and has ended")}");
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    // A value of a connection string (libpq's rules).
    private static string Quote(string value) =>
        $"'{value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";

    private async Task GiveAwayAsync(string folder, CancellationToken cancellationToken)
    {
        if (ChangesUser)
        {
            ToolCall chown = new("chown", ["--recursive", "--no-dereference", $"{_run.Options.PostgreSql.RunAs}:", "--", folder], "/");
            ToolResult result = await Tool.RunAsync(chown, cancellationToken).ConfigureAwait(false);
            if (!result.Succeeded)
            {
                throw new SourceFailedException($"the server cannot run as the user {_run.Options.PostgreSql.RunAs}: {result.Describe()}");
            }
        }
    }

    private ToolCall AsServer(string program, params string[] arguments)
    {
        string path = Path.Combine(_programs, program);
        string user = _run.Options.PostgreSql.RunAs;
        return ChangesUser
            ? new ToolCall("setpriv", [$"--reuid={user}", $"--regid={user}", "--init-groups", "--", path, .. arguments], _scratch.Path)
            : new ToolCall(path, arguments, _scratch.Path);
    }
}
