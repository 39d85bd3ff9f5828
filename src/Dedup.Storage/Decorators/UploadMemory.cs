namespace Dedup.Storage;

/// <summary>
/// Memory of uploads that are gathered before they are sent: pieces of one length that are used again and again. While something is being
/// sent no more than a limit is handed out; who wants more waits until that is done. With nothing to wait for the limit is none, so that
/// nobody waits for ever.
/// </summary>
/// <param name="maxPieces">The limit.</param>
internal sealed class UploadMemory(int maxPieces)
{
    /// <summary>The length of a piece in bytes.</summary>
    public const int PieceLength = 1 << 20;

    private readonly Lock _lock = new();
    private readonly Stack<byte[]> _free = new();
    private TaskCompletionSource _change = NewChange();
    private int _handedOut, _sending;

    /// <summary>A piece; what it holds is undefined.</summary>
    public async ValueTask<byte[]> RentAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task change;
            lock (_lock)
            {
                if (_handedOut < maxPieces || _sending == 0)
                {
                    _handedOut++;
                    return _free.TryPop(out byte[]? piece) ? piece : GC.AllocateUninitializedArray<byte>(PieceLength);
                }

                change = _change.Task;
            }

            await change.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Says that an upload is being sent, and will give back its pieces.</summary>
    public void BeginSending()
    {
        lock (_lock)
        {
            _sending++;
        }
    }

    /// <summary>Says that an upload is not being sent any more.</summary>
    public void EndSending()
    {
        lock (_lock)
        {
            _sending--;
            TellChange();
        }
    }

    /// <summary>Takes pieces back.</summary>
    /// <param name="pieces">The pieces.</param>
    /// <param name="mayBeInUse">Whether somebody may still read from them: they are left to the collector then.</param>
    public void Return(List<byte[]> pieces, bool mayBeInUse = false)
    {
        lock (_lock)
        {
            _handedOut -= pieces.Count;
            foreach (byte[] piece in mayBeInUse ? [] : pieces)
            {
                _free.Push(piece);
            }

            TellChange();
        }
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void TellChange()
    {
        _change.SetResult();
        _change = NewChange();
    }
}
