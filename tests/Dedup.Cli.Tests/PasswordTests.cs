using Dedup.TestSupport;
using Xunit;

namespace Dedup.Cli.Tests;

public sealed class PasswordTests(BackedUpRepository repository) : IClassFixture<BackedUpRepository>
{
    private readonly DedupProgram _dedup = repository.Program;

    private ProgramResult Snapshots(string? password, params string[] options)
    {
        // The fixture's program is shared: what is set here is set back.
        try
        {
            return _dedup.With("DEDUP_PASSWORD", password).Run(["snapshots", .. options]);
        }
        finally
        {
            _dedup.With("DEDUP_PASSWORD", DedupProgram.Password);
        }
    }

    [Fault(45)]
    [Fact]
    public void A_wrong_password_ends_with_exit_code_12() => Snapshots("wrong").FailsInOneLine(12, "wrong password");

    [Fact]
    public void A_file_holds_the_password_and_its_last_line_end_does_not_count()
    {
        string file = _dedup.Write("password", DedupProgram.Password + "\n");
        Snapshots(null, "--password-file", file).Succeeds();
    }

    [Fact]
    public void A_command_prints_the_password() =>
        Snapshots(null, "--password-command", $"echo correct | sed 's/$/ horse/'").Succeeds();

    [Fact]
    public void What_the_command_line_says_of_the_password_goes_before_the_environment()
    {
        string file = _dedup.Write("password", DedupProgram.Password);
        Snapshots("wrong", "--password-file", file).Succeeds();
        Snapshots(DedupProgram.Password, "--password-command", "echo wrong").FailsInOneLine(12, "wrong password");
    }

    [Fact]
    public void The_environment_names_a_password_file_or_command()
    {
        string file = _dedup.Write("password", DedupProgram.Password);
        foreach ((string name, string value) in new[] { ("DEDUP_PASSWORD_FILE", file), ("DEDUP_PASSWORD_COMMAND", $"cat '{file}'") })
        {
            _dedup.With(name, value);
            ProgramResult result = Snapshots(null);
            _dedup.With(name, null);
            result.Succeeds();
        }
    }

    [Fact]
    public void Without_a_password_and_a_terminal_it_is_said_how_to_give_one() =>
        Snapshots(null).FailsInOneLine(2, "DEDUP_PASSWORD", "--password-file", "--password-command");

    [Theory]
    [InlineData("--password-file", "/nonexistent/file", "/nonexistent/file")]
    [InlineData("--password-file", "/dev/null", "empty")]
    [InlineData("--password-command", "exit 7", "exit code 7")]
    [InlineData("--password-command", "printf '\\377'", "UTF-8")]
    public void A_source_that_gives_no_password_is_named(string option, string value, string word) =>
        Snapshots(null, option, value).FailsInOneLine(1, word);
}
