namespace Dedup.Policy.Reporting;

/// <summary>What a section comes to.</summary>
internal enum ReportVerdict
{
    /// <summary>All that was promised was kept.</summary>
    Met,

    /// <summary>Something was not.</summary>
    NotMet,

    /// <summary>Nothing is on record.</summary>
    Nothing,

    /// <summary>Nothing was promised that it could be held against: people judge.</summary>
    Shown,
}
