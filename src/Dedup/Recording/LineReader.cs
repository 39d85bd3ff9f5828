using System.Text;

namespace Dedup.Recording;

/// <summary>Reads lines of bounded length: one without end costs no more memory than the bound.</summary>
internal sealed class LineReader(StreamReader reader, int maxLength)
{
    private readonly char[] _buffer = new char[4096];
    private int _position, _filled;

    /// <returns>The line without its end; <see langword="null"/> after the last. A line that is too long is cut, so that it is none that anybody wrote.</returns>
    public async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        StringBuilder line = new();
        bool isAny = false;
        while (true)
        {
            if (_position == _filled)
            {
                _filled = await reader.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false);
                _position = 0;
                if (_filled == 0)
                {
                    return isAny ? line.ToString() : null;
                }
            }

            isAny = true;
            int end = Array.IndexOf(_buffer, '\n', _position, _filled - _position);
            int taken = (end < 0 ? _filled : end) - _position;
            line.Append(_buffer, _position, Math.Min(taken, maxLength - line.Length));
            _position += taken;
            if (end >= 0)
            {
                _position++;
                return line.ToString();
            }
        }
    }
}
