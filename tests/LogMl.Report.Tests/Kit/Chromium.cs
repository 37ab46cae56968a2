using Microsoft.Playwright;

namespace LogMl.Report.Tests.Kit;

/// <summary>The Chromium of the system, without a window.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Path = "/usr/bin/chromium";
    private IPlaywright? _playwright;

    /// <summary>Why there is none on this machine; null when there is.</summary>
    public static string? Missing => File.Exists(Path) ? null : $"{Path} is not there (Debian: apt-get install chromium)";

    /// <summary>Whether tests fail without it.</summary>
    public static bool IsRequired => Environment.GetEnvironmentVariable("CI") == "true";

    internal IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (IsRequired && Missing is { } why)
        {
            throw new InvalidOperationException(why);
        }

        if (Missing is null)
        {
            _playwright = await Playwright.CreateAsync();
            Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = ["--no-sandbox", "--disable-gpu"] });
        }
    }

    public async Task DisposeAsync()
    {
        if (_playwright is not null)
        {
            await Browser.DisposeAsync();
            _playwright.Dispose();
        }
    }
}
