namespace Dedup.Catalogue;

/// <summary>The use of a catalogue by one operation; while there is any the catalogue stays open, damaged or not.</summary>
/// <param name="holder">Who gave it.</param>
/// <param name="database">The catalogue.</param>
internal sealed class CatalogueLease(CatalogueHolder holder, CatalogueDatabase database) : IDisposable
{
    private bool _isOver;

    public CatalogueDatabase Database => database;

    /// <summary>Tells that the catalogue is damaged: whoever comes next gets a new one.</summary>
    public void Abandon() => holder.Abandon(database);

    public void Dispose()
    {
        if (!_isOver)
        {
            _isOver = true;
            holder.Return(database);
        }
    }
}
