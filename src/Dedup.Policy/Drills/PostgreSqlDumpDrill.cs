using System.Text.RegularExpressions;
using Dedup.Policy.Sources;

namespace Dedup.Policy.Drills;

/// <summary>Loads a restored dump into a server made for it, and checks what is then in it.</summary>
internal sealed partial class PostgreSqlDumpDrill(DrillRun run)
{
    /// <summary>Whatever the dumped cluster's superuser is called, the roles that are loaded are others.</summary>
    private const string Superuser = "dedup_drill", Database = "restored";

    private const string UsualEncoding = "UTF8";

    /// <summary>Checks the dump.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        string folder = run.Restored + run.Snapshot!.Paths[0];
        string dump = Path.Combine(folder, PostgreSqlSource.DumpName), roles = Path.Combine(folder, PostgreSqlSource.RolesName);
        if (!File.Exists(dump))
        {
            run.Add(DrillPhaseKind.Prepare, PostgreSqlSource.DumpName, "was not restored: the snapshot holds no dump");
            return;
        }

        if (PostgreSqlPrograms.Find(run.Options.PostgreSql.Programs, null) is not { } programs)
        {
            run.Add(DrillPhaseKind.Prepare, "PostgreSQL", "its server programs (initdb, pg_ctl) are not on this machine: install them, or say where they are");
            return;
        }

        PostgreSqlServer? server = null;
        try
        {
            if (await run.DoAsync(
                    DrillPhaseKind.Prepare, "server", async () => server = await PostgreSqlServer.PrepareAsync(run, programs, Superuser, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false)
                && await server!.InitialiseAsync(cancellationToken).ConfigureAwait(false)
                && await server.StartAsync(cancellationToken).ConfigureAwait(false)
                && await LoadAsync(server, dump, roles, cancellationToken).ConfigureAwait(false))
            {
                await new PostgreSqlChecks(run, server).RunAsync([Database], Database, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await run.DoAsync(DrillPhaseKind.CleanUp, "server", () => Task.Run(() => server?.Dispose(), CancellationToken.None)).ConfigureAwait(false);
        }
    }

    private async Task<bool> LoadAsync(PostgreSqlServer server, string dump, string roles, CancellationToken cancellationToken)
    {
        if (File.Exists(roles))
        {
            ToolResult loaded = await server.RequireAsync(
                DrillPhaseKind.Prepare, PostgreSqlSource.RolesName, "psql", "postgres", cancellationToken, "--no-psqlrc", "--quiet", $"--file={roles}").ConfigureAwait(false);
            foreach (string line in loaded.Errors.Split('\n').Where(static line => line.Contains("ERROR", StringComparison.Ordinal)))
            {
                run.Add(DrillPhaseKind.Prepare, PostgreSqlSource.RolesName, line, ProblemSeverity.Warning);
            }
        }

        // What sorts and compares differs between machines; with C there is every encoding, and indexes are made anew.
        ToolResult created = await server.RequireAsync(
            DrillPhaseKind.Prepare, "database", "psql", "postgres", cancellationToken, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1",
            $"--command=create database {Database} template template0 encoding '{await EncodingAsync(server, dump, cancellationToken).ConfigureAwait(false)}' lc_collate 'C' lc_ctype 'C'").ConfigureAwait(false);
        if (!created.Succeeded)
        {
            return false;
        }

        string[] owners = File.Exists(roles) ? [] : ["--no-owner", "--no-privileges"];
        ToolResult restored = await server.RequireAsync(
            DrillPhaseKind.Prepare, PostgreSqlSource.DumpName, "pg_restore", Database, cancellationToken, ["--no-tablespaces", "--no-subscriptions", .. owners, dump]).ConfigureAwait(false);
        return restored.Succeeded;
    }

    private async Task<string> EncodingAsync(PostgreSqlServer server, string dump, CancellationToken cancellationToken)
    {
        ToolCall whole = server.Client("pg_restore", Database);
        ToolCall schema = whole with { Arguments = ["--schema-only", "--file=-", dump] };
        ToolResult text = await run.RequireAsync(DrillPhaseKind.Prepare, PostgreSqlSource.DumpName, schema, cancellationToken).ConfigureAwait(false);
        return ClientEncoding().Match(text.Output) is { Success: true } match ? match.Groups[1].Value : UsualEncoding;
    }

    [GeneratedRegex(@"^SET client_encoding = '(\w+)';$", RegexOptions.Multiline)]
    private static partial Regex ClientEncoding();
}
