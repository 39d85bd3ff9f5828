using System.Diagnostics;
using System.Globalization;
using Dedup.Policy.Documents;
using Dedup.Policy.Reading;
using Dedup.Policy.Running;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;

namespace Dedup.TestHost;

/// <summary>
/// Does what a policy says is due: KEY FOLDER TIME CALLS. In the folder lie <c>dedup.yaml</c>, the repository, its replica, catalogue and state. It kills itself,
/// by SIGKILL, before that call to one of the stores, unless CALLS is 0; and in the end tells how many calls there were, and each step.
/// </summary>
internal static class KillablePolicy
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        string folder = arguments[1];
        FixedTimeProvider time = new(DateTimeOffset.Parse(arguments[2], CultureInfo.InvariantCulture));
        int killedBefore = int.Parse(arguments[3], CultureInfo.InvariantCulture), calls = 0;
        BackupPolicy policy = PolicyFile.Read(Path.Combine(folder, "dedup.yaml")).Policy!;
        TestRepository repository = TestRepository.FromKey(arguments[0], folder);
        string main = policy.Repositories[0].Place;
        RunnerServices services = new()
        {
            OpenStore = (place, _, _) => Task.FromResult(Open(place)),
            OpenReplica = (place, _, _) => Task.FromResult(Open(place)),
            OpenRepository = async (store, _, options, _) => await repository.OpenAsync(store, options.CacheDirectory, time),
            OpenSource = static (source, _, _) => new FileSystemSource(((PathContent)source.Content).Include),
            RepositoryOptions = new RepositoryOptions { CacheDirectory = Path.Combine(folder, "cache") },
            Time = time,
        };
        RunReport report = await new PolicyRunner(policy, StateFolder.Of(policy), services).RunDueAsync([], CancellationToken.None);
        Console.WriteLine(calls);
        foreach (RunStep step in report.Steps)
        {
            Console.WriteLine($"{step.Kind} {step.Subject} {step.Outcome} {step.Message}");
        }

        return 0;

        IObjectStore Open(string place)
        {
            Directory.CreateDirectory(place);
            return new HookedStore(new LocalStore(place), (_, _) =>
            {
                if (Interlocked.Increment(ref calls) != killedBefore)
                {
                    return Task.CompletedTask;
                }

                Process.GetCurrentProcess().Kill();
                return Task.Delay(Timeout.Infinite);
            });
        }
    }
}
