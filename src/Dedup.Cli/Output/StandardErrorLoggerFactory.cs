using Microsoft.Extensions.Logging;

namespace Dedup.Cli.Output;

/// <summary>Gives the engine's log to the user: warnings always, more with <c>-v</c>.</summary>
internal sealed class StandardErrorLoggerFactory(ErrorOutput output, int verbosity) : ILoggerFactory, ILogger
{
    private readonly LogLevel _least = verbosity switch
    {
        0 => LogLevel.Warning,
        1 => LogLevel.Information,
        _ => LogLevel.Debug,
    };

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The program's log goes to standard error only.");

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= _least && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            output.WriteLog(Word(logLevel), formatter(state, exception));
        }
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Warning => "warning",
        LogLevel.Information => "note",
        < LogLevel.Information => "debug",
        _ => "error",
    };
}
