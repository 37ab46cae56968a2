using System.Globalization;
using System.Text.Json;
using LogMl.Report.Reading;
using LogMl.Tool.Output;
using LogMl.Tool.Studies;

namespace LogMl.Tool.Views;

/// <summary>The machines of a study and its stragglers, for people and for programs.</summary>
internal static class HostsTable
{
    /// <summary>So many machines fit onto a screen. All are in the JSON.</summary>
    private const int Most = 30;

    private static readonly TableColumn[] Columns =
    [
        new("machine") { Longest = 30 }, new("state"), new("since"), new("running", IsNumber: true), new("complete", IsNumber: true),
        new("failed", IsNumber: true), new("pruned", IsNumber: true) { MayBeLeftOut = true },
        new("repeated", IsNumber: true) { MayBeLeftOut = true },
    ];

    /// <summary>How many machines are in each state; null when there is nothing to say about them.</summary>
    public static string? Counts(StudyData study) => !study.Content.HasHosts ? null : string.Join(
        ", ",
        study.Content.Hosts.GroupBy(host => host.Life).OrderBy(hosts => hosts.Key)
            .Select(hosts => string.Create(CultureInfo.InvariantCulture, $"{hosts.Count()} {hosts.First().Word}")));

    /// <summary>Prints the machines, the gone ones first, and then the stragglers.</summary>
    public static void Print(ToolConsole console, StudyData study)
    {
        var content = study.Content;
        if (content.HasHosts)
        {
            HostState[] hosts = [.. content.Hosts.OrderBy(host => host.Life switch { HostLife.Gone => 0, HostLife.Alive => 1, _ => 2 })];
            console.Output.WriteLine();
            TextTable.Print(console, Columns, [.. hosts.Take(Most).Select(Row)]);
            if (hosts.Length > Most)
            {
                console.Output.WriteLine(
                    string.Create(CultureInfo.InvariantCulture, $"and {hosts.Length - Most} more machines; --json has all"));
            }
        }

        if (content.Stragglers.Trials.Count > 0)
        {
            console.Output.WriteLine();
            TextTable.Print(
                console,
                [
                    new TableColumn("straggler", IsNumber: true), new TableColumn("seconds", IsNumber: true), new TableColumn("machine"),
                    new TableColumn("worker") { MayBeLeftOut = true },
                ],
                [.. content.Stragglers.Trials.Select(straggler => Row(study, straggler))]);
            console.Output.WriteLine(Stragglers.Rule);
        }
    }

    /// <summary>Writes the properties <c>hosts</c> and <c>stragglers</c>.</summary>
    public static void Write(Utf8JsonWriter json, StudyData study)
    {
        json.WriteStartArray("hosts");
        foreach (var host in study.Content.Hosts)
        {
            json.WriteStartObject();
            json.WriteString("host", host.Name);
            json.WriteString("state", host.Word);
            json.WriteTime("since", host.Since);
            json.WriteNumber("processes", host.Processes);
            json.WriteNumber("running", host.Running);
            json.WriteNumber("complete", host.Complete);
            json.WriteNumber("pruned", host.Pruned);
            json.WriteNumber("failed", host.Failed);
            json.WriteNumber("repeated", host.Repeated);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("stragglers");
        foreach (var (number, seconds) in study.Content.Stragglers.Trials)
        {
            var trial = study.Trials.First(trial => trial.Number == number);
            json.WriteStartObject();
            json.WriteNumber("number", number);
            json.WriteNumber("seconds", (double?)seconds);
            json.WriteString("host", trial.Host);
            json.WriteString("worker", trial.Worker);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string[] Row(HostState host) =>
    [
        host.Name, host.Word, TrialFields.Time(host.Since) ?? "", Number(host.Running), Number(host.Complete), Number(host.Failed),
        Number(host.Pruned), Number(host.Repeated),
    ];

    private static string[] Row(StudyData study, (int Number, double Seconds) straggler)
    {
        var trial = study.Trials.First(trial => trial.Number == straggler.Number);
        return
        [
            Number(straggler.Number), straggler.Seconds.ToString("0", CultureInfo.InvariantCulture), trial.Host ?? "", trial.Worker ?? "",
        ];
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
