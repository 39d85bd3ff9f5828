using Microsoft.Win32.SafeHandles;

namespace Dedup.Storage;

/// <summary>
/// An open file descriptor that outlives one method. Its number is lent out, so that closing it while another thread
/// uses it cannot hand that thread somebody else's file.
/// </summary>
internal sealed class Descriptor : SafeHandleMinusOneIsInvalid
{
    internal Descriptor(int file)
        : base(ownsHandle: true) => SetHandle(file);

    /// <summary>Borrows the descriptor until the loan is disposed of.</summary>
    /// <exception cref="ObjectDisposedException">It has been closed.</exception>
    internal Loan Borrow() => new(this);

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Posix.Close((int)handle) == 0;

    internal readonly ref struct Loan
    {
        private readonly Descriptor _owner;

        internal Loan(Descriptor owner)
        {
            bool added = false;
            owner.DangerousAddRef(ref added);
            _owner = owner;
        }

        internal int Number => (int)_owner.DangerousGetHandle();

        public void Dispose() => _owner.DangerousRelease();
    }
}
