using System.Diagnostics;
using System.Globalization;

namespace Dedup.Storage.S3.Tests;

/// <summary>
/// A gateway of Ceph on this machine, which speaks S3. Its script watches this process and ends it with that, however that ends. Where
/// DEDUP_TEST_S3_ENDPOINT names another server it is taken instead, with the keys of AWS's own variables; what only Ceph can do then fails.
/// </summary>
internal sealed class ServerProcess
{
    // Below the ports that Linux gives to clients, and each server takes 41 of them.
    private const int FirstPort = 20_000, Ports = 12_000, PortsEach = 41, PortTaken = 3;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"dedup-ceph-{Environment.ProcessId}");

    /// <summary>Starts it.</summary>
    /// <exception cref="InvalidOperationException">It does not start.</exception>
    public ServerProcess()
    {
        if (Environment.GetEnvironmentVariable("DEDUP_TEST_S3_ENDPOINT") is { Length: > 0 } other)
        {
            Endpoint = new Uri(other);
            OwnerKey = Variable("AWS_ACCESS_KEY_ID");
            OwnerSecret = Variable("AWS_SECRET_ACCESS_KEY");
            return;
        }

        // Where the search begins depends on the process: several may run their tests at once.
        int slots = Ports / PortsEach;
        for (int i = 0; i < slots; i++)
        {
            int port = FirstPort + ((Environment.ProcessId + i) % slots * PortsEach);
            int code = Run(out string said, "start", _folder, Text(port), Text(Environment.ProcessId));
            if (code == 0)
            {
                Endpoint = new Uri($"http://127.0.0.1:{port}");
                return;
            }

            if (code != PortTaken)
            {
                throw new InvalidOperationException(said);
            }
        }

        throw new InvalidOperationException("no port is free for the S3 server");
    }

    public Uri Endpoint { get; }

    public string OwnerKey { get; } = "OWNERKEY";

    public string OwnerSecret { get; } = "ownerSecret0123456789";

    public void AddUser(string name, string key, string secret)
    {
        if (Run(out string said, "user", _folder, name, key, secret) != 0)
        {
            throw new InvalidOperationException(said);
        }
    }

    private static string Variable(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"DEDUP_TEST_S3_ENDPOINT is set, {name} is not");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Run(out string said, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("bash", [Path.Combine(AppContext.BaseDirectory, "ceph-rgw.sh"), .. arguments]) { RedirectStandardError = true })!;
        said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
