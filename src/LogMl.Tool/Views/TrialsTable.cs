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
        var others = OthersOf(study, trials).ToList();
        TableColumn[] columns =
        [
            new("trial", IsNumber: true), new("state"),
            .. study.Objectives.Select(objective => new TableColumn(objective.Name, IsNumber: true)),
            .. others.Select(other => new TableColumn(other.Title, IsNumber: true)),
            new("seconds", IsNumber: true) { MayBeLeftOut = true },
            .. parameters.Select(parameter => new TableColumn(names[parameter], IsNumber: parameter.Options.Count == 0)
            {
                MayBeLeftOut = true, Longest = LongestOption,
            }),
        ];
        string[][] rows =
        [
            .. trials.Select(trial => (string[])
            [
                trial.Number.ToString(CultureInfo.InvariantCulture),
                trial.State,
                .. study.Objectives.Select((_, k) => Number(k < trial.Objectives.Count ? trial.Objectives[k] : null)),
                .. others.Select(other => Number(other.Value(trial))),
                Number(trial.Seconds),
                .. parameters.Select(parameter => Text(parameter, trial)),
            ]),
        ];
        TextTable.Print(console, columns, rows, "--csv and --json");
    }

    /// <summary>
    /// What decides besides the objectives: the metrics of the constraints, how much they are violated where their names are not known, and
    /// the last values of pruned trials.
    /// </summary>
    private static IEnumerable<(string Title, Func<TrialData, double?> Value)> OthersOf(StudyData study, IReadOnlyList<TrialData> trials)
    {
        foreach (var metric in study.ConstrainedMetrics.Where(name => study.Objectives.All(objective => objective.Name != name)))
        {
            yield return (metric, trial => trial.Scores.TryGetValue(metric, out var score) ? score : null);
        }

        if (study.ConstrainedMetrics.Count == 0 && study.Content.HasConstraints)
        {
            yield return ("violation", trial => trial.Violation);
        }

        if (trials.Any(trial => trial.LastReport is not null))
        {
            yield return ("last report", trial => trial.LastReport);
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

    private static string Number(double? value) => value is { } number ? ShortNumber.Of(number) : "";

    private static string Text(SpaceParameter parameter, TrialData trial) => !trial.Values.TryGetValue(parameter.Name, out var value) ? ""
        : parameter.Option(value) is null && !parameter.IsInteger ? ShortNumber.Of(value)
        : parameter.Text(value);
}
