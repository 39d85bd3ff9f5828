using System.Runtime.InteropServices;

namespace Dedup.Cli;

/// <summary>
/// Ends a command whose output nobody reads any more, such as <c>dedup ls latest | head</c>. The runtime ignores SIGPIPE and its console
/// stream the error, so a listing of millions would go on to the end. Only for commands that do nothing but print.
/// </summary>
internal sealed class ClosedPipe : IDisposable
{
    private const int SigPipe = 13;

    private readonly PosixSignalRegistration _registration =
        PosixSignalRegistration.Create((PosixSignal)SigPipe, _ => Environment.Exit(ExitCodes.ClosedPipe));

    public void Dispose() => _registration.Dispose();
}
