using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Dedup.Tests.Recording;

/// <summary>Keeps what the engine tells.</summary>
internal sealed class RecordingLog : ILoggerFactory, ILogger
{
    public ConcurrentQueue<(LogLevel Level, string Message)> Lines { get; } = [];

    /// <summary>Whether it was told that something is done and not on record.</summary>
    public bool TellsOfNoRecord => Lines.Any(static line => line.Level == LogLevel.Error && line.Message.Contains("NO RECORD", StringComparison.Ordinal));

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((logLevel, formatter(state, exception)));

    public void Dispose()
    {
    }
}
