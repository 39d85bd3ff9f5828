using System.ComponentModel;
using System.Diagnostics;

namespace Dedup.Sources;

/// <summary>What a command prints while it runs. Disposing of it before the end kills the command.</summary>
internal sealed class CommandOutput : Stream
{
    /// <summary>What the exit code of a process that a signal ended begins with.</summary>
    private const int SignalBase = 128;

    private readonly Process _process;
    private readonly string _program;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Starts the command. Its standard input and standard error are those of this process.</summary>
    /// <exception cref="SourceFailedException">It cannot be started.</exception>
    public CommandOutput(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        _program = program;
        _cancellationToken = cancellationToken;
        try
        {
            _process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        }
        catch (Win32Exception exception)
        {
            throw new SourceFailedException($"{program}: cannot be started: check that it is there and may be run; nothing was backed up", exception);
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Waits for the command's end.</summary>
    /// <exception cref="SourceFailedException">It failed.</exception>
    public void RequireSuccess()
    {
        _process.WaitForExitAsync(_cancellationToken).GetAwaiter().GetResult();
        int code = _process.ExitCode;
        if (code != 0)
        {
            string how = code > SignalBase ? $"exit code {code} (as of signal {code - SignalBase})" : $"exit code {code}";
            throw new SourceFailedException($"{_program}: ended with {how}, so that its output cannot be relied on; no snapshot was made");
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _process.StandardOutput.BaseStream.ReadAsync(buffer, cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => _process.StandardOutput.BaseStream.Read(buffer, offset, count);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Kill();
            _process.Dispose();
        }

        base.Dispose(disposing);
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
