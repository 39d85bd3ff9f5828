using System.Globalization;
using Dedup.Policy.Documents;
using Dedup.Policy.Running;
using Dedup.Storage.S3;

namespace Dedup.Cli;

/// <summary>Stores in S3, as the environment says: AWS's own variables, and DEDUP_S3_... for what AWS has none for.</summary>
internal static class S3Settings
{
    private const string Variables = "DEDUP_S3_";

    /// <summary>What a storage class is for that is named without a folder: the bulk. The rest is small and read all the time.</summary>
    private const string BulkFolder = "packs";

    /// <summary>Classes from which nothing can be read before it was restored, which takes hours.</summary>
    private static readonly string[] Archives = ["GLACIER", "DEEP_ARCHIVE"];

    /// <summary>Whether a place is one in S3, rather than a folder.</summary>
    public static bool IsMeant(string location) => S3Location.IsOne(location);

    /// <summary>Prepares the store; nothing is sent yet.</summary>
    /// <exception cref="CliException">The location or the environment cannot be understood.</exception>
    /// <param name="location">The place.</param>
    /// <param name="access">Who asks, where a policy says so; otherwise the environment says.</param>
    public static S3Store Open(string location, S3Access? access = null)
    {
        S3StoreOptions usual = new() { Location = ReadLocation(location) };
        TimeSpan? retention = ReadRetention();
        return new S3Store(usual with
        {
            Region = access?.Region ?? Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION"),
            Credentials = access is null ? usual.Credentials : new S3Credentials(SecretValues.ReadText(access.AccessKey), SecretValues.ReadText(access.SecretKey)),
            AllowInsecureTransport = ReadInsecure(),
            StorageClasses = ReadStorageClasses(),
            Checksum = ReadChecksum(),
            LockMode = ReadLockMode(retention),
            LockRetention = retention ?? TimeSpan.Zero,
        });
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static S3Location ReadLocation(string location)
    {
        try
        {
            string? endpoint = Variable("AWS_ENDPOINT_URL_S3") ?? Variable("AWS_ENDPOINT_URL");
            return S3Location.Parse(location, endpoint is null ? null : Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address)
                ? address
                : throw CliException.Usage("AWS_ENDPOINT_URL is no address: write it like https://s3.example.com"));
        }
        catch (FormatException exception)
        {
            throw CliException.Usage(exception.Message, exception);
        }
    }

    private static bool ReadInsecure() => Variable(Variables + "INSECURE") switch
    {
        null or "0" => false,
        "1" => true,
        { } other => throw CliException.Usage($"{Variables}INSECURE={other}: set it to 1 to allow http without encryption, or unset it"),
    };

    private static S3Checksum ReadChecksum() => Variable(Variables + "CHECKSUM") switch
    {
        null or "sha256" => S3Checksum.Sha256,
        "md5" => S3Checksum.Md5,
        "crc32c" => S3Checksum.Crc32C,
        "crc64nvme" => S3Checksum.Crc64Nvme,
        { } other => throw CliException.Usage($"{Variables}CHECKSUM={other}: is no checksum; set it to sha256, md5, crc32c or crc64nvme"),
    };

    private static Dictionary<string, string> ReadStorageClasses()
    {
        Dictionary<string, string> classes = [];
        foreach (string entry in (Variable(Variables + "STORAGE_CLASS") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] parts = entry.Split('=', 2);
            (string folder, string storageClass) = parts.Length == 2 ? (parts[0], parts[1]) : (BulkFolder, entry);
            if (!Storage.ObjectName.IsPart(folder) || storageClass.Length == 0 || !storageClass.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            {
                throw CliException.Usage($"{Variables}STORAGE_CLASS: '{entry}' is not understood; write STANDARD_IA, or packs=GLACIER_IR,index=STANDARD");
            }

            classes[folder] = Archives.Contains(storageClass)
                ? throw CliException.Usage($"{Variables}STORAGE_CLASS: nothing can be read from {storageClass} before it was restored there, which takes hours; use GLACIER_IR or STANDARD_IA")
                : storageClass;
        }

        return classes;
    }

    private static S3LockMode? ReadLockMode(TimeSpan? retention) => Variable(Variables + "LOCK") switch
    {
        null => retention is null ? null : throw CliException.Usage($"{Variables}LOCK_DAYS is set, but {Variables}LOCK is not: set it to governance or compliance"),
        _ when retention is null => throw CliException.Usage($"{Variables}LOCK is set, but {Variables}LOCK_DAYS is not: set it to how many days objects stay locked"),
        "governance" => S3LockMode.Governance,
        "compliance" => S3LockMode.Compliance,
        { } other => throw CliException.Usage($"{Variables}LOCK={other}: is no kind of lock; set it to governance or compliance"),
    };

    private static TimeSpan? ReadRetention()
    {
        const int longest = 36_500;
        return Variable(Variables + "LOCK_DAYS") is not { } text ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int days) && days is > 0 and <= longest ? TimeSpan.FromDays(days)
            : throw CliException.Usage($"{Variables}LOCK_DAYS={text}: is no number of days from 1 to {longest}");
    }
}
