using System.Globalization;
using LogMl.Shared;
using LogMl.Tool.Output;
using LogMl.Tool.Studies;

namespace LogMl.Tool.Views;

/// <summary>A trial for people: what it has in lines, then its parameters.</summary>
internal static class TrialFields
{
    private const int MostReports = 12;

    /// <summary>Prints the trial.</summary>
    public static void Print(ToolConsole console, StudyData study, TrialData trial)
    {
        var fields = new FieldList()
            .Add("study", study.Name)
            .Add("trial", trial.Number.ToString(CultureInfo.InvariantCulture))
            .Add("state", trial.State);
        foreach (var (objective, value) in study.Objectives.Zip(trial.Objectives))
        {
            fields.Add(objective.Name, Number(value));
        }

        foreach (var (name, value) in trial.Scores.Where(score => study.Objectives.All(objective => objective.Name != score.Key)))
        {
            fields.Add(name, Number(value));
        }

        fields
            .Add("last report", trial.LastReport is { } last ? Number(last) : null)
            .Add("rank", trial.Rank is { } rank
                ? string.Create(CultureInfo.InvariantCulture, $"{rank} of {study.Trials.Count(other => other.Rank is not null)}")
                : null)
            .Add("violation", trial.Violation > 0 ? Number(trial.Violation.Value) : null)
            .Add("started", Time(trial.Started))
            .Add("seconds", trial.Seconds is { } seconds ? Number(Math.Round(seconds, 3)) : null)
            .Add("host", trial.Host)
            .Add("worker", trial.Worker)
            .Add("repeats", trial.Repeats.Count == 0 ? null : "trial " + string.Join(", ", trial.Repeats))
            .Add("enqueued", trial.Enqueued)
            .Add("step", trial.FailStep)
            .Add("message", trial.Reason);
        foreach (var (name, value) in trial.UserAttributes)
        {
            fields.Add(name, value.ToString());
        }

        fields.Add("reports", Reports(trial)).Add("stack", trial.Stack).Add("output", trial.Output).Print(console);
        PrintParameters(console, study, trial);
    }

    /// <summary>A number with all its digits.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A time in UTC.</summary>
    public static string? Time(DateTime? time) => time?.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static void PrintParameters(ToolConsole console, StudyData study, TrialData trial)
    {
        string[][] rows =
        [
            .. study.Parameters.Where(parameter => trial.Values.ContainsKey(parameter.Name))
                .Select(parameter => (string[])[parameter.Name, parameter.Text(trial.Values[parameter.Name])]),
        ];
        if (rows.Length > 0)
        {
            console.Output.WriteLine();
            TextTable.Print(console, [new TableColumn("parameter"), new TableColumn("value")], rows);
        }
    }

    private static string? Reports(TrialData trial)
    {
        var skipped = Math.Max(0, trial.Reports.Count - MostReports);
        var last = trial.Reports.Skip(skipped)
            .Select(report => string.Create(CultureInfo.InvariantCulture, $"{report.Step}: {ShortNumber.Of(report.Value)}"));
        return trial.Reports.Count == 0 ? null : (skipped > 0 ? "..., " : "") + string.Join(", ", last);
    }
}
