using System.Globalization;
using System.Text.RegularExpressions;
using LogMl.Tool.Workers;

namespace LogMl.Tool.Launching;

/// <summary>A machine of <c>logml launch --hosts</c>.</summary>
/// <param name="Name">What ssh takes, or <see cref="Local"/>.</param>
/// <param name="Workers">How many trials it runs at the same time.</param>
internal sealed partial record HostEntry(string Name, int Workers)
{
    /// <summary>The name of this machine, which is reached without ssh.</summary>
    public const string Local = "local";

    /// <summary>Whether it is this machine.</summary>
    public bool IsLocal => Name == Local;

    /// <summary>Reads <c>a,ann@b:4,local:2</c>.</summary>
    /// <exception cref="ToolException">It is no list of hosts.</exception>
    public static IReadOnlyList<HostEntry> Read(string list)
    {
        HostEntry[] hosts = [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(ReadOne)];
        if (hosts.Length == 0)
        {
            throw Wrong("it names no host");
        }

        return hosts.GroupBy(host => host.Name).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw Wrong($"it names '{twice.Key}' twice; give it more workers instead, {twice.Key}:{twice.Sum(host => host.Workers)}")
            : hosts;
    }

    private static HostEntry ReadOne(string text)
    {
        // A name that begins with a hyphen would be an option of ssh.
        if (Form().Match(text) is not { Success: true } match)
        {
            throw Wrong($"'{text}' is no host with a number of workers");
        }

        var count = match.Groups["workers"];
        var workers = !count.Success ? 1
            : int.TryParse(count.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return workers is >= 1 and <= WorkerOptions.MostWorkers
            ? new HostEntry(match.Groups["name"].Value, workers)
            : throw Wrong(string.Create(
                CultureInfo.InvariantCulture, $"'{text}' has no number of workers from 1 to {WorkerOptions.MostWorkers}"));
    }

    private static ToolException Wrong(string why) =>
        new(ToolErrors.Usage, $"--hosts: {why}. Write names, each with its number of workers when that is not 1: a,ann@b:4,{Local}:2.");

    [GeneratedRegex(
        @"\A(?<name>(?:[A-Za-z0-9_][A-Za-z0-9_.-]*@)?"
        + @"(?:[A-Za-z0-9_][A-Za-z0-9_.-]*|\[[0-9A-Fa-f:]+\]))(?::(?<workers>[0-9]+))?\z")]
    private static partial Regex Form();
}
