using Dedup.FormatReader;

namespace Dedup.Fuzz;

/// <summary>Compares the engine's verdict with that of the reader that was written from format-spec.md alone.</summary>
internal static class Agreement
{
    /// <summary>Requires that the independent reader takes what the engine takes, and nothing else.</summary>
    /// <param name="engine">Why the engine refuses; <see langword="null"/> when it does not.</param>
    /// <param name="read">Reads the same with the independent reader.</param>
    public static void Require(DedupException? engine, Action read)
    {
        RejectedException? independent = null;
        try
        {
            read();
        }
        catch (RejectedException exception)
        {
            independent = exception;
        }

        PropertyException.Require(
            engine is null == independent is null,
            engine is null
                ? $"the engine takes what the independent reader refuses: {independent?.Message}"
                : $"the engine refuses what the independent reader takes: {engine.Message}");
    }
}
