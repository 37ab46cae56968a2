using System.Text.Encodings.Web;
using System.Text.Json;
using LogMl.Optimization;
using LogMl.Report;
using LogMl.Shared;
using LogMl.Storage;

namespace LogMl.Host.Results;

/// <summary>Writes result.json: what a search has found, for programs. docs/result.schema.json says what each field means.</summary>
internal static class ResultJson
{
    private const int Format = 1;

    private const string Schema = "https://raw.githubusercontent.com/logml/LogMl.Sdk/main/docs/result.schema.json";

    /// <summary>The text of the file.</summary>
    /// <param name="outcome">What was found.</param>
    /// <param name="folder">The folder of the study.</param>
    public static string Write(StudyOutcome outcome, StudyFolder folder) => JsonFileText.Of(
        json =>
        {
            WriteStudy(json, outcome);
            WriteTrials(json, outcome);
            WriteGoals(json, outcome);
            WriteTrial(json, "best", outcome.Best, outcome, outcome.Test);
            WriteTrial(json, "least_violating", outcome.LeastViolating, outcome, test: null);
            WriteFront(json, outcome);
            WriteGain(json, outcome.Gain);
            WriteImportances(json, outcome);
            WriteRemarks(json, outcome.Remarks);
            GateJson.Write(json, "gate", outcome.Gate);
            WriteFiles(json, outcome, folder);
        },
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

    private static void WriteStudy(Utf8JsonWriter json, StudyOutcome outcome)
    {
        json.WriteString("$schema", Schema);
        json.WriteNumber("format", Format);
        json.WriteString("study", outcome.Study);
        json.WriteString("project", outcome.Manifest.Name);
        json.WriteString("workflow", outcome.Workflow);
        json.WriteString("algorithm", outcome.Algorithm);
        json.WriteNumber("seed", outcome.Seed);
        json.WriteString("inputs", outcome.Inputs);
        json.WriteString("end", outcome.End);
        json.WriteBoolean("ended_early", outcome.Early is not null);
        WriteTime(json, "begun", outcome.Trials.Select(trial => trial.Started).DefaultIfEmpty().Min());
        WriteTime(json, "ended", outcome.Trials.Select(trial => trial.Ended).DefaultIfEmpty().Max());
        json.WriteNumber("seconds", Seconds(outcome.Elapsed));
    }

    private static void WriteTrials(Utf8JsonWriter json, StudyOutcome outcome)
    {
        var counts = outcome.Counts;
        json.WriteStartObject("trials");
        json.WriteNumber("max_evals", outcome.MaxEvals);
        json.WriteNumber("finished", counts.Finished);
        json.WriteNumber("complete", counts.Complete);
        json.WriteNumber("infeasible", counts.Infeasible);
        json.WriteNumber("pruned", counts.Pruned);
        json.WriteNumber("failed", counts.Failed);
        json.WriteNumber("uncounted", counts.Uncounted);
        json.WriteNumber("waiting", counts.Waiting);
        json.WriteNumber("repeating", outcome.Repeating);
        json.WriteNumber("of_this_call", counts.Ended.Here);
        json.WriteNumber("of_other_searches", counts.Ended.Elsewhere);
        json.WriteNumber("repeated", counts.Ended.Repeated);
        json.WriteNumber("repeated_folds", counts.Ended.LostFolds);
        json.WriteNumber("revoked", counts.Ended.RevokedResults);
        json.WriteNumber("seconds", Seconds(TimeSpan.FromSeconds(outcome.Trials.Sum(trial => trial.Elapsed.TotalSeconds))));
        json.WriteEndObject();
        json.WriteStartArray("failures");
        foreach (var group in outcome.Failures)
        {
            json.WriteStartObject();
            json.WriteNumber("trials", group.Count);
            json.WriteNumber("first", group.First.Number);
            json.WriteString("step", group.First.Failure.Step);
            json.WriteString("reason", (group.First.Failure with { Step = null }).Summary);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteGoals(Utf8JsonWriter json, StudyOutcome outcome)
    {
        var goals = outcome.Manifest.Goals;
        json.WriteStartArray("objectives");
        foreach (var objective in goals.Objectives)
        {
            json.WriteStartObject();
            json.WriteString("name", objective.Name);
            json.WriteString(
                "direction", objective.Direction == Direction.Maximize ? ObjectiveWords.Maximize : ObjectiveWords.Minimize);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("constraints");
        foreach (var constraint in goals.Constraints)
        {
            json.WriteStartObject();
            json.WriteString("metric", constraint.Metric);
            json.WriteString("bound", constraint.Bound.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("cross_validation");
        if (outcome.Manifest.CrossValidation is { } folds)
        {
            folds.WriteTo(json);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static void WriteTrial(
        Utf8JsonWriter json, string name, FinishedTrial? trial, StudyOutcome outcome, IReadOnlyDictionary<string, double>? test)
    {
        if (trial is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("trial", trial.Number);
        FigureJson.Write(json, "objectives", outcome.Manifest.Goals.Names
            .Where(name => trial.Score(name) is not null).Select(name => KeyValuePair.Create(name, trial.Score(name)!.Value)));
        FigureJson.Write(json, "validate", trial.Scores);
        FigureJson.Write(json, "test", test);
        json.WriteString("inputs", outcome.BestInputs);
        json.WriteString("changed_since", outcome.BestDifference);
        json.WriteString("remark", outcome.BestRemark);
        json.WriteString("outdated", outcome.Outdated);
        WriteTime(json, "started", trial.Started);
        json.WriteNumber("seconds", Seconds(trial.Elapsed));
        ParameterJson.Write(json, "parameters", outcome.Manifest, trial.Values);
        json.WriteEndObject();
    }

    private static void WriteFront(Utf8JsonWriter json, StudyOutcome outcome)
    {
        json.WriteStartArray("front");
        foreach (var number in outcome.Front.Select(result => result.Number).Order())
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
        json.WriteStartArray("front_ranges");
        var goals = outcome.Manifest.Goals;
        foreach (var range in FrontRange.Of(outcome.Front))
        {
            json.WriteStartObject();
            json.WriteString("objective", goals.Names[range.Objective]);
            WriteEnd("best", range.Best, range.Objective);
            WriteEnd("worst", range.Worst, range.Objective);
            json.WriteEndObject();
        }

        json.WriteEndArray();

        void WriteEnd(string name, StoredResult result, int objective)
        {
            json.WriteStartObject(name);
            json.WriteNumber("trial", result.Number);
            json.WriteNumber("value", goals.ValuesOf(result.Losses)[objective]);
            json.WriteEndObject();
        }
    }

    private static void WriteGain(Utf8JsonWriter json, StudyGain? gain)
    {
        if (gain is null)
        {
            json.WriteNull("gain");
            return;
        }

        json.WriteStartObject("gain");
        json.WriteString("unknown", gain.Unknown);
        json.WriteStartArray("objectives");
        foreach (var objective in gain.Objectives)
        {
            json.WriteStartObject();
            json.WriteString("objective", objective.Name);
            json.WriteStartObject("defaults");
            WriteNumber(json, "validation", objective.DefaultsValidation);
            WriteNumber(json, "test", objective.DefaultsTest);
            json.WriteEndObject();
            json.WriteStartObject("best");
            WriteNumber(json, "validation", objective.BestValidation);
            WriteNumber(json, "test", objective.BestTest);
            json.WriteEndObject();
            WriteNumber(json, "validation", objective.Validation);
            WriteNumber(json, "test", objective.Test);
            WriteNumber(json, "left", objective.Left);
            json.WriteNumber("folds", objective.Folds);
            WriteNumber(json, "standard_error", objective.StandardError);
            WriteNumber(json, "margin", objective.Margin);
            WriteFlag(json, "within_noise", objective.IsWithinNoise);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteImportances(Utf8JsonWriter json, StudyOutcome outcome)
    {
        json.WriteStartArray("importance");
        foreach (var importance in outcome.Importances)
        {
            json.WriteStartObject();
            json.WriteString("objective", outcome.Manifest.Goals.Names[importance.Objective]);
            json.WriteNumber("estimated_from", importance.Trials);
            json.WriteNumber("complete", importance.CompleteTrials);
            FigureJson.Write(json, "fanova", importance.Fanova);
            FigureJson.Write(json, "ped_anova", importance.PedAnova);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRemarks(Utf8JsonWriter json, IReadOnlyList<string> remarks)
    {
        json.WriteStartArray("remarks");
        foreach (var remark in remarks)
        {
            json.WriteStringValue(remark);
        }

        json.WriteEndArray();
    }

    private static void WriteFiles(Utf8JsonWriter json, StudyOutcome outcome, StudyFolder folder)
    {
        json.WriteStartObject("files");
        WriteFile("best", folder.BestYaml, outcome.Best is not null);
        WriteFile("trials", folder.TrialsCsv, true);
        WriteFile("front", folder.FrontCsv, outcome.Manifest.Goals.AreSeveral);
        WriteFile("report", folder.ReportHtml, outcome.HasReport);
        WriteFile("final_run", folder.Final, Directory.Exists(folder.Final));
        json.WriteEndObject();

        void WriteFile(string name, string path, bool exists) => json.WriteString(name, exists ? Path.GetFileName(path) : null);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteFlag(Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } flag)
        {
            json.WriteBoolean(name, flag);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset time) => json.WriteString(name, time.UtcDateTime);

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}
