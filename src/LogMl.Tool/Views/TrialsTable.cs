using System.Globalization;
using LogMl.Shared;
using LogMl.Shared.Spaces;
using LogMl.Tool.Output;
using LogMl.Tool.Studies;

namespace LogMl.Tool.Views;

/// <summary>Trials as a table: number, state, objectives, duration and parameters.</summary>
internal static class TrialsTable
{
    /// <summary>A longer option is cut, so that it does not take the place of other columns.</summary>
    private const int LongestOption = 30;

    /// <summary>Prints the table. A parameter that none of the trials has is no column.</summary>
    public static void Print(ToolConsole console, StudyData study, IReadOnlyList<TrialData> trials)
    {
        if (trials.Count == 0)
        {
            console.Output.WriteLine("no trials");
            return;
        }

        SpaceParameter[] parameters =
            [.. study.Parameters.Where(parameter => trials.Any(trial => trial.Values.ContainsKey(parameter.Name)))];
        var names = ShortNames([.. study.Parameters.Select(parameter => parameter.Name)])
            .Zip(study.Parameters).ToDictionary(pair => pair.Second, pair => pair.First);
        TableColumn[] columns =
        [
            new("trial", IsNumber: true), new("state"),
            .. study.Objectives.Select(objective => new TableColumn(objective.Name, IsNumber: true)),
            new("seconds", IsNumber: true) { MayBeLeftOut = true },
            .. parameters.Select(parameter => new TableColumn(names[parameter], IsNumber: parameter.Options.Count == 0)
            {
                MayBeLeftOut = true, Longest = LongestOption,
            }),
        ];
        string[][] rows = [.. trials.Select(trial => Row(study, parameters, trial))];
        var hidden = TextTable.Print(console, columns, rows);
        if (hidden > 0)
        {
            var what = hidden == 1 ? "One column does" : string.Create(CultureInfo.InvariantCulture, $"{hidden} columns do");
            console.Output.WriteLine($"{what} not fit into the terminal. All are in --csv and --json.");
        }
    }

    /// <summary>The shortest end of each name that no other one has.</summary>
    private static string[] ShortNames(string[] names) => Array.ConvertAll(names, name =>
    {
        for (var dot = name.LastIndexOf('.'); dot > 0; dot = name.LastIndexOf('.', dot - 1))
        {
            var end = name[dot..];
            if (names.All(other => other == name || !("." + other).EndsWith(end, StringComparison.Ordinal)))
            {
                return end[1..];
            }
        }

        return name;
    });

    private static string[] Row(StudyData study, SpaceParameter[] parameters, TrialData trial) =>
    [
        trial.Number.ToString(CultureInfo.InvariantCulture),
        trial.State,
        .. study.Objectives.Select((_, k) => k < trial.Objectives.Count ? ShortNumber.Of(trial.Objectives[k]) : ""),
        trial.Seconds is { } seconds ? ShortNumber.Of(seconds) : "",
        .. parameters.Select(parameter => !trial.Values.TryGetValue(parameter.Name, out var value) ? ""
            : parameter.Option(value) is null && !parameter.IsInteger ? ShortNumber.Of(value)
            : parameter.Text(value)),
    ];
}
