using System.Runtime.InteropServices;

namespace Dedup.Cli;

/// <summary>
/// Turns SIGINT, SIGTERM and SIGHUP into cancellation, so that work ends cleanly; the second one ends the program at once, and so does
/// the first while it waits for someone to type.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>How long telling of a signal may hold up what it is for: whoever reads standard error may have stopped reading.</summary>
    private static readonly TimeSpan MostTelling = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private volatile bool _isAwaitingInput;
    private int _signals;

    public Interruption() => _registrations =
        [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, Handle))];

    public CancellationToken Token => _source.Token;

    /// <summary>Whether a blocking read from the terminal is under way, which no token ends.</summary>
    public bool IsAwaitingInput
    {
        get => _isAwaitingInput;
        set => _isAwaitingInput = value;
    }

    /// <summary>Called at the first signal.</summary>
    public Action? Requested { get; set; }

    /// <summary>Called before the program is ended at once.</summary>
    public Action? Ending { get; set; }

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
        if (Interlocked.Increment(ref _signals) > 1 || _isAwaitingInput)
        {
            EndAtOnce();
        }

        Tell(Requested);
        _source.Cancel();
        if (_isAwaitingInput)
        {
            // It began to wait after this signal had come, before the token told of it.
            EndAtOnce();
        }
    }

    // The platform gives the terminal its echo back on the way out.
    private void EndAtOnce()
    {
        Tell(Ending);
        Environment.Exit(ExitCodes.Interrupted);
    }

    private static void Tell(Action? telling)
    {
        if (telling is not null)
        {
            Thread thread = new(telling.Invoke) { IsBackground = true };
            thread.Start();
            thread.Join(MostTelling);
        }
    }
}
