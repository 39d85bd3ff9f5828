namespace Dedup.Cli;

/// <summary>Where the command line says that a password comes from: at most one of these.</summary>
/// <param name="File">A file that the password is in.</param>
/// <param name="Command">A command that prints it.</param>
/// <param name="KeyFile">A file that is the key.</param>
internal readonly record struct PasswordOrigin(string? File, string? Command, string? KeyFile)
{
    public bool IsGiven => (File ?? Command ?? KeyFile) is not null;

    /// <param name="prefix">Of the options' names, such as <c>to-</c>.</param>
    /// <exception cref="CliException">More than one is given.</exception>
    public void RequireOne(string prefix)
    {
        string[] given =
        [
            .. new[] { (File, "password-file"), (Command, "password-command"), (KeyFile, "key-file") }
                .Where(option => option.Item1 is not null).Select(option => $"--{prefix}{option.Item2}"),
        ];
        if (given.Length > 1)
        {
            throw CliException.Usage($"{string.Join(" and ", given)} exclude each other: give one of them");
        }
    }
}
