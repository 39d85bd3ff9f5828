using System.Text;
using Dedup.Policy.Documents;

namespace Dedup.Policy.Running;

/// <summary>Reads secrets from where a policy says they are.</summary>
public static class SecretValues
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Longer than anybody's, and short enough to wait for.</summary>
    private static TimeSpan TimeLimit => TimeSpan.FromMinutes(5);

    /// <summary>Reads what opens a repository.</summary>
    /// <exception cref="SecretUnavailableException">It is not there.</exception>
    public static Credentials ReadKey(SecretReference secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.Kind == SecretKind.KeyFile)
        {
            return KeyFile.Read(secret.Value);
        }

        string text = ReadText(secret);
        return RecoveryCode.TryParse(text, out RecoveryCode? code, out _) ? Credentials.FromRecoveryCode(code) : Credentials.FromPassword(text);
    }

    /// <summary>Reads a secret that is a text.</summary>
    /// <exception cref="SecretUnavailableException">It is not there.</exception>
    public static string ReadText(SecretReference secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        byte[] content = secret.Kind switch
        {
            SecretKind.Environment => StrictUtf8.GetBytes(Environment.GetEnvironmentVariable(secret.Value) ?? ""),
            SecretKind.Command => ReadCommand(secret),
            _ => ReadFile(secret),
        };
        try
        {
            // An editor ends its last line, and echo does: that is not part of the secret.
            string text = StrictUtf8.GetString(content.AsSpan().TrimEnd("\r\n"u8));
            return text.Length > 0 ? text : throw new SecretUnavailableException($"{secret} holds no secret: put it there");
        }
        catch (DecoderFallbackException exception)
        {
            throw new SecretUnavailableException($"{secret} is not UTF-8 text: use a secret that is", exception);
        }
    }

    private static byte[] ReadFile(SecretReference secret)
    {
        try
        {
            return File.ReadAllBytes(secret.Value);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SecretUnavailableException($"{secret} cannot be read: {exception.Message}", exception);
        }
    }

    private static byte[] ReadCommand(SecretReference secret)
    {
        CommandResult result = CommandRun.Run(CommandWords.OfShell(secret.Value), TimeLimit, input: null, environment: [], CancellationToken.None);
        return result.IsSuccess ? result.Output : throw new SecretUnavailableException($"{secret} {result.Failure}: run it by hand to see why");
    }
}
