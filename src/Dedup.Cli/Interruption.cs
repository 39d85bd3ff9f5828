using System.Runtime.InteropServices;

namespace Dedup.Cli;

/// <summary>
/// Turns SIGINT, SIGTERM and SIGHUP into cancellation, so that work ends cleanly; the second one ends the program at once, and so does
/// the first while it waits for someone to type.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _signals;

    public Interruption() => _registrations =
        [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, Handle))];

    public CancellationToken Token => _source.Token;

    /// <summary>Whether a blocking read from the terminal is under way, which no token ends.</summary>
    public bool IsAwaitingInput { get; set; }

    /// <summary>Called at the first signal.</summary>
    public Action? Requested { get; set; }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) > 1 || IsAwaitingInput)
        {
            Environment.Exit(ExitCodes.Interrupted);
        }

        Requested?.Invoke();
        _source.Cancel();
    }
}
