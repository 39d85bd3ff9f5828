using System.Diagnostics;
using System.Text;

namespace Dedup.Packages.Tests;

/// <summary>The sample that is a service, running.</summary>
public sealed class SampleService : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HttpClient _client = new();

    private SampleService(Process process) => _process = process;

    /// <summary>Builds the service, starts it on a free port and waits until it listens.</summary>
    /// <param name="folder">Its project.</param>
    /// <param name="arguments">What it is told.</param>
    public static async Task<SampleService> StartAsync(string folder, params string[] arguments)
    {
        PackageFeed.Dotnet(folder, "build", "-nologo", "-o", Path.Combine(folder, "out"));
        string program = Path.Combine(folder, "out", Path.GetFileName(folder) + ".dll");
        SampleService service = new(new Process { StartInfo = PackageFeed.Prepare(folder, "dotnet", [program, "--urls", "http://127.0.0.1:0", .. arguments]) });
        service._process.OutputDataReceived += (_, line) => service.Note(line.Data);
        service._process.ErrorDataReceived += (_, line) => service.Note(line.Data);
        service._process.EnableRaisingEvents = true;
        service._process.Exited += (_, _) => service._address.TrySetException(new InvalidOperationException($"The service ended before it listened:\n{service.Output}"));
        service._process.Start();
        service._process.BeginOutputReadLine();
        service._process.BeginErrorReadLine();
        service._client = new HttpClient { BaseAddress = await service._address.Task };
        return service;
    }

    private string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Asks for something.</summary>
    public async Task<string> GetAsync(string path)
    {
        using HttpResponseMessage response = await _client.GetAsync(new Uri(path, UriKind.Relative));
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Has something done.</summary>
    public async Task PostAsync(string path)
    {
        using HttpResponseMessage response = await _client.PostAsync(new Uri(path, UriKind.Relative), content: null);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{path}: {response.StatusCode}\n{Output}");
        }
    }

    /// <summary>Stops the service as a service manager does.</summary>
    /// <returns>All that it wrote.</returns>
    public async Task<string> StopAsync()
    {
        PackageFeed.Run("/", "kill", "-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await _process.WaitForExitAsync();
        return _process.ExitCode == 0 ? Output : throw new InvalidOperationException($"The service ended with {_process.ExitCode}:\n{Output}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _client.Dispose();
    }

    private void Note(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.Append(line).Append('\n');
        }

        if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
        {
            _address.TrySetResult(new Uri(line[(at + Listening.Length)..].Trim()));
        }
    }
}
