using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Dedup.Sources;

/// <summary>
/// What a command prints while it runs. Where it ends the command must have succeeded: reading past the last byte throws otherwise. Disposing of it before
/// kills the command.
/// </summary>
public sealed class CommandStream : Stream
{
    /// <summary>What the exit code of a process that a signal ended begins with.</summary>
    private const int SignalBase = 128;

    /// <summary>How much of what a command says of its failure goes into a message.</summary>
    private const int MaxExplanation = 2000;

    private readonly Process _process;
    private readonly CommandLine _command;
    private readonly CancellationToken _cancellationToken;
    private readonly Task<string>? _errors;
    private bool _isClosed;

    /// <summary>Starts the command. Its standard input is that of this process.</summary>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Ends the wait for the command's end.</param>
    /// <exception cref="SourceFailedException">It cannot be started.</exception>
    public CommandStream(CommandLine command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        _command = command;
        _cancellationToken = cancellationToken;
        ProcessStartInfo start = new(command.Program, command.Arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = command.ExplainsFailure,
            UseShellExecute = false,
        };
        foreach ((string name, string? value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new SourceFailedException($"{command.Program}: cannot be started: check that it is there and may be run; nothing was backed up", exception);
        }

        _errors = command.ExplainsFailure ? ReadEndAsync(_process.StandardError) : null;
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="SourceFailedException">The command has ended and failed.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = await _process.StandardOutput.BaseStream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (count == 0 && !buffer.IsEmpty)
        {
            await RequireSuccessAsync().ConfigureAwait(false);
        }

        return count;
    }

    /// <inheritdoc/>
    /// <exception cref="SourceFailedException">The command has ended and failed.</exception>
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isClosed)
        {
            _isClosed = true;
            Kill();
            _process.Dispose();
        }

        base.Dispose(disposing);
    }

    private static async Task<string> ReadEndAsync(StreamReader errors)
    {
        StringBuilder end = new();
        char[] buffer = new char[MaxExplanation];
        for (int count; (count = await errors.ReadAsync(buffer).ConfigureAwait(false)) > 0;)
        {
            end.Append(buffer, 0, count).Remove(0, Math.Max(0, end.Length - MaxExplanation));
        }

        return string.Join("; ", end.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private async Task RequireSuccessAsync()
    {
        await _process.WaitForExitAsync(_cancellationToken).ConfigureAwait(false);
        int code = _process.ExitCode;
        if (code != 0)
        {
            string how = code > SignalBase ? $"exit code {code} (as of signal {code - SignalBase})" : $"exit code {code}";
            string errors = _errors is null ? "" : await _errors.WaitAsync(_cancellationToken).ConfigureAwait(false);
            string why = errors.Length == 0 ? "" : $"; it said: {errors}";
            throw new SourceFailedException($"{_command.Program}: ended with {how}, so that its output cannot be relied on; no snapshot was made{why}");
        }
    }

    private void Kill()
    {
        if (!_process.HasExited)
        {
            // Does nothing when the command ended just now.
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }
    }
}
