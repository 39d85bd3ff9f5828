using System.Text;

namespace Dedup.Benchmarks;

/// <summary>
/// Writes texts and numbers as bytes, reads them back and keeps them in a hash table: what a part scales with that handles small things, by branches, allocations and
/// scattered memory.
/// </summary>
/// <param name="records">How many are written and read a run.</param>
internal sealed class RecordCalibration(int records) : Workload
{
    private const int TextLength = 24;

    private readonly byte[] _bytes = new byte[records * TextLength];
    private readonly Dictionary<string, int> _places = new(records);

    public override void Run()
    {
        _places.Clear();
        for (int i = 0; i < records; i++)
        {
            Encoding.UTF8.GetBytes($"record-{i:d12}-text", _bytes.AsSpan(i * TextLength, TextLength));
        }

        for (int i = 0; i < records; i++)
        {
            _places[Encoding.UTF8.GetString(_bytes, i * TextLength, TextLength)] = i;
        }
    }
}
