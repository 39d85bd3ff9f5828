namespace Dedup.Policy.Drills;

/// <summary>Checks of a server that runs on restored data.</summary>
internal sealed class PostgreSqlChecks(DrillRun run, PostgreSqlServer server)
{
    private const int MaxTablesNoted = 1000;

    // Every table is read from front to back, so that a page which cannot be read is met; an index would only count its own entries.
    private const string CountTables = """
        set enable_indexscan = off;
        set enable_indexonlyscan = off;
        set enable_bitmapscan = off;
        select format('select %L, count(*) from %I.%I', n.nspname || '.' || c.relname, n.nspname, c.relname)
        from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'm') and c.relispopulated and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\_temp%' and n.nspname <> 'pg_toast'
        order by n.nspname, c.relname
        \gexec
        """;

    /// <summary>Counts the rows of all tables of some databases, looks at their structure, and asks the user's questions.</summary>
    /// <param name="databases">The databases.</param>
    /// <param name="usual">The one that questions without a database are for.</param>
    /// <param name="cancellationToken">Ends the checks.</param>
    public async Task RunAsync(IReadOnlyList<string> databases, string usual, CancellationToken cancellationToken)
    {
        string script = Path.Combine(run.Scratch.Path, "count.sql");
        File.WriteAllText(script, CountTables);
        foreach (string database in databases)
        {
            ToolResult counted = await AskAsync(database, $"database {database}", cancellationToken, $"--file={script}").ConfigureAwait(false);
            string[] tables = counted.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            run.Notes.AddRange(tables.Take(MaxTablesNoted).Select(table => $"{database}: {table.Replace("|", ": ", StringComparison.Ordinal)} rows"));
            if (counted.Succeeded && tables.Length == 0)
            {
                run.Notes.Add($"{database}: no tables");
            }

            await LookAtStructureAsync(database, cancellationToken).ConfigureAwait(false);
        }

        foreach (PostgreSqlQuery query in run.Options.PostgreSql.Queries)
        {
            ToolResult answer = await AskAsync(query.Database ?? usual, query.Sql, cancellationToken, $"--command={query.Sql}").ConfigureAwait(false);
            string[] rows = answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (answer.Succeeded && rows.FirstOrDefault(static row => row.Split('|')[0] == "f") is { } wrong)
            {
                run.Add(DrillPhaseKind.Check, query.Sql, $"answers false: {wrong}");
            }

            run.Notes.Add($"{query.Sql}: {string.Join(", ", rows.Take(5))}");
        }
    }

    /// <summary>Asks a question.</summary>
    public Task<ToolResult> AskAsync(string database, string subject, CancellationToken cancellationToken, params string[] arguments) => server.RequireAsync(
        DrillPhaseKind.Check, subject, "psql", database, cancellationToken,
        ["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", .. arguments]);

    // PostgreSQL's own check of tables and indexes, where its extension is installed.
    private async Task LookAtStructureAsync(string database, CancellationToken cancellationToken)
    {
        ToolResult available = await AskAsync(
            database, $"database {database}", cancellationToken, "--command=select 1 from pg_available_extensions where name = 'amcheck'").ConfigureAwait(false);
        if (!server.Has("pg_amcheck") || available.Output.Trim() != "1")
        {
            run.Notes.Add($"{database}: the structure of tables and indexes was not checked, as the extension amcheck is not installed here");
            return;
        }

        ToolResult result = await run.RequireAsync(
            DrillPhaseKind.Check, $"database {database}", server.StructureCheck(database), cancellationToken).ConfigureAwait(false);
        if (result.Succeeded)
        {
            run.Notes.Add($"{database}: amcheck found tables and indexes whole");
        }
    }
}
