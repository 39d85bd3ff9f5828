using Dedup.Policy.Sources;

namespace Dedup.Policy.Drills;

/// <summary>Unpacks a restored base backup, compares it with its manifest, starts a server on it and checks what it answers.</summary>
internal sealed class PostgreSqlClusterDrill(DrillRun run)
{
    private const string Usual = "postgres";

    /// <summary>Checks the base backup.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        string archive = Path.Combine(run.Restored + run.Snapshot!.Paths[0], PostgreSqlSource.ClusterName);
        if (!File.Exists(archive))
        {
            run.Add(DrillPhaseKind.Prepare, PostgreSqlSource.ClusterName, "was not restored: the snapshot holds no base backup");
            return;
        }

        ToolResult version = await run.RequireAsync(
            DrillPhaseKind.Prepare, archive, new ToolCall("tar", ["--extract", "--to-stdout", "--occurrence=1", $"--file={archive}", "PG_VERSION"], run.Scratch.Path), cancellationToken).ConfigureAwait(false);
        if (!version.Succeeded)
        {
            return;
        }

        if (PostgreSqlPrograms.Find(run.Options.PostgreSql.Programs, version.Output.Trim()) is not { } programs)
        {
            run.Add(DrillPhaseKind.Prepare, "PostgreSQL", $"the server programs of version {version.Output.Trim()}, which the base backup needs, are not on this machine: install them, or say where they are");
            return;
        }

        PostgreSqlServer? server = null;
        try
        {
            if (await run.DoAsync(
                    DrillPhaseKind.Prepare, "server",
                    async () => server = await PostgreSqlServer.PrepareAsync(run, programs, run.Options.PostgreSql.Superuser, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false)
                && await server!.UnpackAsync(archive, cancellationToken).ConfigureAwait(false))
            {
                await CheckAsync(server, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await run.DoAsync(DrillPhaseKind.CleanUp, "server", () => Task.Run(() => server?.Dispose(), CancellationToken.None)).ConfigureAwait(false);
        }
    }

    private async Task CheckAsync(PostgreSqlServer server, CancellationToken cancellationToken)
    {
        // Before the server starts, which changes files.
        ToolResult verified = await run.RequireAsync(DrillPhaseKind.Check, "manifest", server.Files("pg_verifybackup", "--quiet"), cancellationToken).ConfigureAwait(false);
        if (verified.Succeeded)
        {
            run.Notes.Add("every file of the base backup is as its manifest says");
        }

        if (!await server.StartAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        PostgreSqlChecks checks = new(run, server);
        ToolResult databases = await checks.AskAsync(
            Usual, "databases", cancellationToken, "--command=select datname from pg_database where datallowconn and not datistemplate order by 1").ConfigureAwait(false);
        await checks.RunAsync(databases.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Usual, cancellationToken).ConfigureAwait(false);
    }
}
