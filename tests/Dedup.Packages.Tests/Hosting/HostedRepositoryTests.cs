using Dedup.Hosting;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Dedup.Packages.Tests.Hosting;

/// <summary>A repository that lives as long as its host does.</summary>
public sealed class HostedRepositoryTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private readonly MemoryStore _inner = new();
    private readonly SetTimeProvider _time = new();
    private int _storesDisposed;

    [Fact]
    public async Task Whoever_asks_for_it_gets_the_one_that_is_open_while_the_host_runs()
    {
        using IHost host = await MakeAsync();
        Assert.Throws<InvalidOperationException>(host.Services.GetRequiredService<Repository>);
        await host.StartAsync();
        Repository repository = host.Services.GetRequiredService<Repository>();
        Assert.Same(repository, await host.Services.GetRequiredService<RepositoryAccessor>().GetAsync());
        Assert.True((await repository.BackupAsync(Letter())).IsComplete);
        await host.StopAsync();
        Assert.Equal(1, _storesDisposed);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await host.Services.GetRequiredService<RepositoryAccessor>().GetAsync());
    }

    [Fact]
    public async Task A_host_with_the_wrong_password_does_not_start_and_leaves_no_store_open()
    {
        await (await TestRepository.CreateByPasswordAsync(_inner, _scratch["first"])).DisposeAsync();
        using IHost host = Build(options => options.Credentials = static _ => Credentials.FromPassword("wrong"));
        await Assert.ThrowsAsync<WrongCredentialsException>(() => host.StartAsync());
        Assert.Equal(1, _storesDisposed);
    }

    [Fact]
    public async Task Nothing_is_made_where_nothing_is_unless_the_options_say_so()
    {
        using IHost host = Build();
        await Assert.ThrowsAsync<RepositoryNotFoundException>(() => host.StartAsync());
        using IHost creating = Build(static options => options.Create = new CreateOptions());
        await creating.StartAsync();
        Assert.True(await Repository.ExistsAsync(_inner));
        await creating.StopAsync();
    }

    [Fact]
    public async Task What_is_not_set_is_named()
    {
        using IHost host = Build(static options => options.Credentials = null);
        Assert.Contains("Credentials", (await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_hangs_on_the_age_of_the_newest_snapshot_and_on_the_store()
    {
        using IHost host = await MakeAsync();
        await host.StartAsync();
        HealthCheckService health = host.Services.GetRequiredService<HealthCheckService>();
        HealthReport none = await health.CheckHealthAsync();
        Assert.Equal([HealthStatus.Healthy, HealthStatus.Unhealthy], Statuses(none));
        await host.Services.GetRequiredService<Repository>().BackupAsync(Letter());
        Assert.Equal([HealthStatus.Healthy, HealthStatus.Healthy], Statuses(await health.CheckHealthAsync()));
        _time.Now += TimeSpan.FromHours(3);
        Assert.Equal([HealthStatus.Healthy, HealthStatus.Unhealthy], Statuses(await health.CheckHealthAsync()));
        await _inner.DeleteAsync(ObjectName.Parse("config"), default);
        Assert.Equal(HealthStatus.Unhealthy, Statuses(await health.CheckHealthAsync())[0]);
        await host.StopAsync();
    }

    public void Dispose() => _scratch.Dispose();

    private static HealthStatus[] Statuses(HealthReport report) => [report.Entries["there"].Status, report.Entries["recent"].Status];

    private static StreamSource Letter() => new("letter.txt", new MemoryStream("Dear reader"u8.ToArray()));

    private async Task<IHost> MakeAsync()
    {
        await (await TestRepository.CreateByPasswordAsync(_inner, _scratch["first"])).DisposeAsync();
        return Build();
    }

    private IHost Build(Action<DedupHostOptions>? configure = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddLogging();
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddDedup(options =>
        {
            options.OpenStore = _ => new WatchedStore(_inner, () => _storesDisposed++);
            options.Credentials = static _ => TestRepository.Credentials;
            options.Repository = new RepositoryOptions { CacheDirectory = _scratch["cache"] };
            configure?.Invoke(options);
        });
        builder.Services.AddHealthChecks().AddDedup("there").AddDedup("recent", maxSnapshotAge: TimeSpan.FromHours(2));
        return builder.Build();
    }
}
