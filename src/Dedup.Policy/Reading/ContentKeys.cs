namespace Dedup.Policy.Reading;

/// <summary>The keys of the kinds of sources.</summary>
internal static class ContentKeys
{
    public static PolicyKey Include { get; } = new("include", ValueKind.Path, "Files and directories, by absolute paths.") { Example = "[/etc, /srv/documents]", IsList = true };

    public static PolicyKey Exclude { get; } = new("exclude", ValueKind.Text, "Patterns of what is left out, as `dedup backup --exclude` takes them.") { Default = "none", Example = "['*.tmp', /srv/documents/cache]", IsList = true };

    public static PolicyKey ExcludeIfPresent { get; } = new("exclude-if-present", ValueKind.Text, "Files that mark a directory whose other content is left out: `NAME` or `NAME:HEADER`.") { Default = "none", Example = ".nobackup", IsList = true };

    public static PolicyKey ExcludeCaches { get; } = new("exclude-caches", ValueKind.Boolean, "Whether directories that a CACHEDIR.TAG marks are left out.") { Default = "false", Example = "true" };

    public static PolicyKey ExcludeLargerThan { get; } = new("exclude-larger-than", ValueKind.Size, "The longest file that is not left out.") { Default = "any length", Example = "2G" };

    public static PolicyKey OneFileSystem { get; } = new("one-file-system", ValueKind.Boolean, "Whether what lies on other file systems than the paths is left out.") { Default = "false", Example = "true" };

    public static PolicySection Paths { get; } = new("paths", "Files and directories.", [Include, Exclude, ExcludeIfPresent, ExcludeCaches, ExcludeLargerThan, OneFileSystem]) { Short = Include };

    public static PolicyKey Run { get; } = new("run", ValueKind.Command, "The command: a text for /bin/sh, or a list of words. What it prints is backed up; if it fails there is no snapshot.") { Example = "[/usr/local/bin/export-cases]" };

    public static PolicyKey FileName { get; } = new("file-name", ValueKind.Name, "What its output is called in the snapshot.") { Default = "output", Example = "cases.xml" };

    public static PolicyKey Variables { get; } = new("secret-variables", ValueKind.Text, "Variables of the environment that the command gets although they hold secrets: those of the program (DEDUP_PASSWORD and others), AWS's, and those that this policy takes secrets from.") { Default = "none", Example = "[DEDUP_PASSWORD_FILE]", IsList = true };

    public static PolicySection Command { get; } = new("command", "What a command prints.", [Run, FileName, Variables]) { Short = Run };

    public static PolicyKey SqliteFile { get; } = new("file", ValueKind.Path, "The database.") { Example = "/var/lib/app/app.db" };

    public static PolicySection Sqlite { get; } = new("sqlite", "A SQLite database as of one moment, although it is written meanwhile.", [SqliteFile]) { Short = SqliteFile };

    public static PolicyKey Method { get; } = new("method", ValueKind.Choice, "How it is read: `dump` by pg_dump, one database as of one moment; `base-backup` by pg_basebackup, the whole server.") { Default = "dump", Example = "base-backup", Choices = ["dump", "base-backup"] };

    public static PolicyKey Database { get; } = new("database", ValueKind.Text, "The database that is dumped; a base backup has all, and needs none.") { Default = "none", Example = "cases" };

    public static PolicyKey Server { get; } = new("server", ValueKind.Text, "The server's name, or the folder of its socket.") { Default = "what PostgreSQL's tools take", Example = "/var/run/postgresql" };

    public static PolicyKey Port { get; } = new("port", ValueKind.Integer, "The server's port.") { Default = "what PostgreSQL's tools take", Example = "5432" };

    public static PolicyKey User { get; } = new("user", ValueKind.Text, "Who asks.") { Default = "what PostgreSQL's tools take", Example = "backup" };

    public static PolicyKey PasswordFile { get; } = new("password-file", ValueKind.Path, "A file of passwords as PostgreSQL has them (`host:port:database:user:password`), which only its owner may read.") { Default = "what the environment says: PGPASSFILE, PGPASSWORD, ~/.pgpass", Example = "/etc/dedup/pgpass" };

    public static PolicyKey Tools { get; } = new("tools", ValueKind.Path, "The folder of pg_dump and the other tools.") { Default = "the search path", Example = "/usr/lib/postgresql/17/bin" };

    public static PolicySection PostgreSql { get; } = new("postgresql", "A database of a PostgreSQL server, or the whole server.", [Method, Database, Server, Port, User, PasswordFile, Tools]);

    public static PolicyKey GitRepository { get; } = new("repository", ValueKind.Path, "The Git repository, bare or not.") { Example = "/srv/git/configuration.git" };

    public static PolicySection Git { get; } = new("git", "A Git repository with all refs and their history.", [GitRepository]) { Short = GitRepository };

    public static PolicyKey Device { get; } = new("device", ValueKind.Path, "The block device; a snapshot of it, such as of LVM, where it is in use.") { Example = "/dev/vg0/root-snapshot" };

    public static PolicySection DiskImage { get; } = new("disk-image", "A block device, whole.", [Device]) { Short = Device };
}
