using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Dedup.Policy.Reading;

/// <summary>Where a program listens for others of its own machine.</summary>
internal static class LoopbackEndPoint
{
    private const string Localhost = "localhost:";

    /// <summary>Reads <c>127.0.0.1:8090</c>, <c>localhost:8090</c> or <c>[::1]:8090</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="endPoint">What it names.</param>
    /// <param name="isForOthers">Whether it is a place where other machines could ask: one that is not given out.</param>
    /// <returns>Whether it names a place that only this machine can ask.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out IPEndPoint? endPoint, out bool isForOthers)
    {
        string address = text.StartsWith(Localhost, StringComparison.OrdinalIgnoreCase) ? $"{IPAddress.Loopback}:{text[Localhost.Length..]}" : text;
        endPoint = null;
        isForOthers = false;
        if (!address.Contains(':', StringComparison.Ordinal) || !IPEndPoint.TryParse(address, out IPEndPoint? parsed))
        {
            return false;
        }

        isForOthers = !IPAddress.IsLoopback(parsed.Address);
        endPoint = isForOthers ? null : parsed;
        return !isForOthers;
    }
}
