using Dedup.Evidence;

namespace Dedup.Policy.Reporting;

/// <summary>All that reports say, in both languages, in one table.</summary>
internal static class ReportTexts
{
    /// <summary>English, then Dutch.</summary>
    public static IReadOnlyDictionary<ReportText, (string English, string Dutch)> All { get; } = new Dictionary<ReportText, (string English, string Dutch)>
    {
        [ReportText.Title] = ("Evidence of backups", "Bewijs van back-ups"),
        [ReportText.Repository] = ("Repository", "Repository"),
        [ReportText.Location] = ("Place", "Plaats"),
        [ReportText.Period] = ("Period", "Periode"),
        [ReportText.Made] = ("Made", "Gemaakt"),
        [ReportText.Controls] = ("Answers", "Beantwoordt"),
        [ReportText.None] = ("none", "geen"),
        [ReportText.Never] = ("never", "nooit"),
        [ReportText.Unknown] = ("not known", "niet bekend"),
        [ReportText.NoObjective] = ("no objective", "geen norm"),
        [ReportText.AndMore] = ("and {0} more", "en nog {0}"),

        [ReportText.VerdictMet] = ("✓ met", "✓ voldaan"),
        [ReportText.VerdictNotMet] = ("✗ not met", "✗ niet voldaan"),
        [ReportText.VerdictNothing] = ("– nothing on record", "– niets vastgelegd"),
        [ReportText.VerdictShown] = ("• for your judgement", "• ter beoordeling"),

        [ReportText.SummaryTitle] = ("Summary", "Samenvatting"),
        [ReportText.SummaryIntro] = (
            "What the signed records of this repository show about the period. Whether that is enough is for the organisation and its auditor to judge.",
            "Wat de ondertekende vastleggingen van deze repository over de periode laten zien. Of dat genoeg is, beoordelen de organisatie en haar auditor."),
        [ReportText.Section] = ("Section", "Onderdeel"),
        [ReportText.Verdict] = ("Verdict", "Oordeel"),

        [ReportText.VerdictsCaption] = ("Verdict on each section", "Oordeel per onderdeel"),

        [ReportText.PolicyTitle] = ("Policy in force", "Geldend beleid"),
        [ReportText.PolicyIntro] = (
            "The backup policy that was in force, as the program carried it out.",
            "Het back-upbeleid dat gold, zoals het programma het uitvoerde."),
        [ReportText.Since] = ("In force since", "Geldt sinds"),
        [ReportText.PolicyName] = ("Policy", "Beleid"),
        [ReportText.By] = ("By", "Door"),
        [ReportText.Digest] = ("SHA-256 of the file", "SHA-256 van het bestand"),
        [ReportText.PolicyDocument] = ("The policy file", "Het beleidsbestand"),
        [ReportText.Source] = ("Source", "Bron"),
        [ReportText.Kind] = ("Kind", "Soort"),
        [ReportText.Schedule] = ("Schedule", "Schema"),
        [ReportText.Retention] = ("Kept", "Bewaard"),
        [ReportText.RecoveryPoint] = ("RPO: most that may be lost", "RPO: ten hoogste verlies"),
        [ReportText.RecoveryTime] = ("RTO: most that a restore may take", "RTO: ten hoogste hersteltijd"),
        [ReportText.DrillEvery] = ("Restore tried out every", "Herstel beproefd elke"),
        [ReportText.PromisesCaption] = ("What the policy promises, source by source", "Wat het beleid per bron belooft"),
        [ReportText.PoliciesCaption] = ("Policies in force in the period", "Beleid dat in de periode gold"),

        [ReportText.RecoveryPointTitle] = ("Recovery points reached", "Bereikte herstelpunten"),
        [ReportText.RecoveryPointIntro] = (
            "How much work would have been lost, at any moment, if a source had been destroyed. A gap is a time in which it was more than the objective allows.",
            "Hoeveel werk op enig moment verloren zou zijn gegaan als een bron verwoest was. Een gat is een tijd waarin dat meer was dan de norm toelaat."),
        [ReportText.Backups] = ("Backups", "Back-ups"),
        [ReportText.WithProblems] = ("Of these incomplete", "Waarvan onvolledig"),
        [ReportText.Failed] = ("Failed", "Mislukt"),
        [ReportText.LastState] = ("Newest state held", "Nieuwste bewaarde stand"),
        [ReportText.WorstLoss] = ("Worst loss", "Grootste verlies"),
        [ReportText.ShareWithin] = ("Time within the objective", "Tijd binnen de norm"),
        [ReportText.SourcesCaption] = ("Recovery points by source", "Herstelpunten per bron"),
        [ReportText.GapsCaption] = ("Gaps", "Gaten"),
        [ReportText.GapFrom] = ("From", "Van"),
        [ReportText.GapTo] = ("To", "Tot"),
        [ReportText.GapLength] = ("Length", "Duur"),

        [ReportText.DrillTitle] = ("Restores tried out", "Beproefd herstel"),
        [ReportText.DrillIntro] = (
            "Drills: data restored into a scratch place, compared with what was backed up, and timed.",
            "Oefeningen: gegevens hersteld op een proefplaats, vergeleken met wat veiliggesteld was, met gemeten tijd."),
        [ReportText.DrillsDone] = ("Drills", "Oefeningen"),
        [ReportText.DrillsWithin] = ("Succeeded within the objective", "Geslaagd binnen de norm"),
        [ReportText.DrillsCaption] = ("Drills in the period", "Oefeningen in de periode"),
        [ReportText.Moment] = ("When", "Wanneer"),
        [ReportText.Result] = ("Result", "Uitkomst"),
        [ReportText.Place] = ("From where", "Waarvandaan"),
        [ReportText.Scope] = ("What", "Wat"),
        [ReportText.Whole] = ("whole", "geheel"),
        [ReportText.Sample] = ("sample", "steekproef"),
        [ReportText.Restored] = ("Restored", "Hersteld"),
        [ReportText.Measured] = ("Recovery time", "Hersteltijd"),
        [ReportText.Objective] = ("Objective", "Norm"),
        [ReportText.Checks] = ("Checks", "Controles"),
        [ReportText.ProblemsFound] = ("Problems", "Problemen"),

        [ReportText.CopyTitle] = ("Copies by place", "Kopieën per plaats"),
        [ReportText.CopyIntro] = (
            "Where the backups lie, and how far each place is behind. That the places are far enough apart is for the organisation to show.",
            "Waar de back-ups liggen en hoever elke plaats achterloopt. Dat de plaatsen ver genoeg uiteen liggen, toont de organisatie aan."),
        [ReportText.CopiesCaption] = ("Places", "Plaatsen"),
        [ReportText.Role] = ("Role", "Rol"),
        [ReportText.Primary] = ("repository", "repository"),
        [ReportText.Replica] = ("copy", "kopie"),
        [ReportText.Runs] = ("Runs", "Keren"),
        [ReportText.LastGood] = ("Last success", "Laatste succes"),
        [ReportText.Behind] = ("Snapshots behind", "Momentopnamen achter"),
        [ReportText.BytesCopied] = ("Brought there", "Gebracht"),

        [ReportText.ReadingTitle] = ("Stored data read back", "Teruggelezen gegevens"),
        [ReportText.ReadingIntro] = (
            "What was read back whole and compared with its hashes, and how long ago the data was read that was not for longest.",
            "Wat geheel is teruggelezen en met zijn controlegetallen vergeleken, en hoelang geleden de gegevens zijn gelezen die het langst niet gelezen zijn."),
        [ReportText.ChecksDone] = ("Checks", "Controles"),
        [ReportText.ChecksWithDamage] = ("Checks that failed or found damage", "Controles die mislukten of schade vonden"),
        [ReportText.BytesRead] = ("Read back", "Teruggelezen"),
        [ReportText.PacksNeverRead] = ("Packs never read", "Nooit gelezen pakketten"),
        [ReportText.OldestRead] = ("Oldest reading", "Oudste lezing"),
        [ReportText.OldestAge] = ("Age of the oldest unread byte", "Leeftijd van de oudste ongelezen byte"),
        [ReportText.ReadWithin] = ("To be read within", "Te lezen binnen"),

        [ReportText.ForgottenTitle] = ("What was forgotten, and why", "Wat vergeten is, en waarom"),
        [ReportText.ForgottenIntro] = (
            "Snapshots that were removed, by whom and by which rule, and the space that was freed.",
            "Momentopnamen die verwijderd zijn, door wie en volgens welke regel, en de ruimte die vrijkwam."),
        [ReportText.ForgottenCount] = ("Snapshots forgotten", "Vergeten momentopnamen"),
        [ReportText.BytesFreed] = ("Freed", "Vrijgemaakt"),
        [ReportText.ReasonsCaption] = ("Reasons", "Redenen"),
        [ReportText.ForgottenCaption] = ("Forgotten snapshots", "Vergeten momentopnamen"),
        [ReportText.Reason] = ("Reason", "Reden"),
        [ReportText.Count] = ("Number", "Aantal"),
        [ReportText.Snapshot] = ("Snapshot", "Momentopname"),
        [ReportText.SnapshotOf] = ("Of", "Van"),
        [ReportText.Host] = ("Machine", "Machine"),

        [ReportText.KeyTitle] = ("Keys made, removed and tried", "Sleutels gemaakt, verwijderd en beproefd"),
        [ReportText.KeyIntro] = (
            "The passwords, key files and recovery codes that open the repository. A drill tries the key that it opens the repository with.",
            "De wachtwoorden, sleutelbestanden en herstelcodes die de repository openen. Een oefening beproeft de sleutel waarmee zij opent."),
        [ReportText.KeysCaption] = ("Keys", "Sleutels"),
        [ReportText.Key] = ("Key", "Sleutel"),
        [ReportText.Deed] = ("What was done", "Handeling"),

        [ReportText.ChainTitle] = ("The evidence itself", "Het bewijs zelf"),
        [ReportText.ChainIntro] = (
            "Every record names the one before it by its hash and is signed: a record that is changed, removed, added or moved is found. Keep the public key and the last hashes elsewhere.",
            "Elke vastlegging noemt de vorige bij haar controlegetal en is ondertekend: wie er een wijzigt, weghaalt, toevoegt of verplaatst, valt op. Bewaar de openbare sleutel en de laatste controlegetallen elders."),
        [ReportText.PublicKey] = ("Public key (Ed25519)", "Openbare sleutel (Ed25519)"),
        [ReportText.ChainsCaption] = ("Chains", "Ketens"),
        [ReportText.Chain] = ("Chain", "Keten"),
        [ReportText.OwnChain] = ("the repository's own", "van de repository zelf"),
        [ReportText.Records] = ("Records", "Vastleggingen"),
        [ReportText.LastNumber] = ("Last number", "Laatste nummer"),
        [ReportText.LastHash] = ("Its SHA-256", "SHA-256 daarvan"),
        [ReportText.FindingsCaption] = ("Findings", "Bevindingen"),
        [ReportText.Finding] = ("Finding", "Bevinding"),
        [ReportText.DoubtfulTimes] = ("Records with a doubtful clock", "Vastleggingen met een twijfelachtige klok"),
        [ReportText.LateRecords] = ("Records written late", "Vastleggingen die later zijn geschreven"),
        [ReportText.ActionsCaption] = ("What was done in the period", "Wat in de periode is gedaan"),

        [ReportText.ActionCreate] = ("repository made", "repository gemaakt"),
        [ReportText.ActionBackup] = ("backup", "back-up"),
        [ReportText.ActionForget] = ("snapshot forgotten", "momentopname vergeten"),
        [ReportText.ActionPrune] = ("space freed", "ruimte vrijgemaakt"),
        [ReportText.ActionCheck] = ("check", "controle"),
        [ReportText.ActionReplicate] = ("mirrored", "gespiegeld"),
        [ReportText.ActionCopy] = ("copied to another repository", "gekopieerd naar andere repository"),
        [ReportText.ActionRepair] = ("repair", "reparatie"),
        [ReportText.ActionKeyAdd] = ("key made", "sleutel gemaakt"),
        [ReportText.ActionKeyRemove] = ("key removed", "sleutel verwijderd"),
        [ReportText.ActionKeyTest] = ("key tried", "sleutel beproefd"),
        [ReportText.ActionTag] = ("tags changed", "labels gewijzigd"),
        [ReportText.ActionDrill] = ("restore tried out", "herstel beproefd"),
        [ReportText.ActionPolicy] = ("policy changed", "beleid gewijzigd"),
        [ReportText.ActionLock] = ("locks extended", "vergrendeling verlengd"),

        [ReportText.ResultSuccess] = ("success", "geslaagd"),
        [ReportText.ResultProblems] = ("done, with problems", "gedaan, met problemen"),
        [ReportText.ResultFailure] = ("failed", "mislukt"),
        [ReportText.ResultCancelled] = ("cancelled", "afgebroken"),
        [ReportText.ResultInterrupted] = ("interrupted", "onderbroken"),

        [ReportText.Days] = ("d", "d"),
        [ReportText.Hours] = ("h", "u"),
        [ReportText.Minutes] = ("min", "min"),
        [ReportText.Seconds] = ("s", "s"),
    };

    /// <summary>What a report says in a language.</summary>
    public static string Of(ReportText text, ReportLanguage language) => language == ReportLanguage.Dutch ? All[text].Dutch : All[text].English;

    /// <summary>What was done; one that a later program added goes by its number.</summary>
    public static string Of(EvidenceAction action, ReportLanguage language) =>
        Enum.TryParse($"Action{action}", out ReportText text) ? Of(text, language) : $"{(int)action}";

    /// <summary>How it ended.</summary>
    public static string Of(EvidenceResult result, ReportLanguage language) => Of(Enum.Parse<ReportText>($"Result{result}"), language);
}
