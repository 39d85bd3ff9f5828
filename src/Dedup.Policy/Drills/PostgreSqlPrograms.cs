namespace Dedup.Policy.Drills;

/// <summary>Finds PostgreSQL's programs. Debian keeps those of each version in a folder of their own, which is in no <c>PATH</c>.</summary>
internal static class PostgreSqlPrograms
{
    private const string DebianFolder = "/usr/lib/postgresql";

    /// <summary>The folder of a server's programs.</summary>
    /// <param name="given">What the user says; <see langword="null"/> to look.</param>
    /// <param name="version">The major version, which a cluster's files need; <see langword="null"/> for the newest.</param>
    /// <returns><see langword="null"/> when there is none.</returns>
    public static string? Find(string? given, string? version)
    {
        IEnumerable<string> debian = Directory.Exists(DebianFolder)
            ? Directory.GetDirectories(DebianFolder)
                .Where(folder => version is null || Path.GetFileName(folder) == version)
                .OrderByDescending(static folder => int.TryParse(Path.GetFileName(folder), out int number) ? number : 0)
                .Select(static folder => Path.Combine(folder, "bin"))
            : [];
        IEnumerable<string> path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return (given is null ? debian.Concat(path) : [given]).FirstOrDefault(static folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }
}
