using System.Text.Encodings.Web;
using System.Text.Json;
using LogMl.Host.Manifests;
using LogMl.Optimization;
using LogMl.Shared;

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
            WriteGoals(json, outcome.Manifest.Goals);
            WriteBest(json, outcome);
            WriteNumbers(json, "front", outcome.Front);
            WriteImportances(json, outcome);
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
        json.WriteNumber("left_out", counts.LeftOut);
        json.WriteNumber("waiting", counts.Waiting);
        json.WriteNumber("of_this_call", counts.Here);
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

    private static void WriteGoals(Utf8JsonWriter json, Goals goals)
    {
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
    }

    private static void WriteBest(Utf8JsonWriter json, StudyOutcome outcome)
    {
        if (outcome.Best is not { } best)
        {
            json.WriteNull("best");
            return;
        }

        json.WriteStartObject("best");
        json.WriteNumber("trial", best.Number);
        FigureJson.Write(json, "objectives", outcome.Manifest.Goals.Names
            .Where(name => best.Score(name) is not null).Select(name => KeyValuePair.Create(name, best.Score(name)!.Value)));
        FigureJson.Write(json, "validate", best.Scores);
        FigureJson.Write(json, "test", outcome.Test);
        json.WriteString("inputs", outcome.BestInputs);
        json.WriteString("changed_since", outcome.BestDifference);
        WriteTime(json, "started", best.Started);
        json.WriteNumber("seconds", Seconds(best.Elapsed));
        ParameterJson.Write(json, "parameters", outcome.Manifest, best.Values);
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

    private static void WriteFiles(Utf8JsonWriter json, StudyOutcome outcome, StudyFolder folder)
    {
        json.WriteStartObject("files");
        WriteFile("best", folder.BestYaml, outcome.Best is not null);
        WriteFile("trials", folder.TrialsCsv, true);
        WriteFile("front", folder.FrontCsv, outcome.Manifest.Goals.AreSeveral);
        WriteFile("report", folder.ReportHtml, outcome.HasReport);
        WriteFile("final_run", folder.Final, outcome.Test is not null);
        json.WriteEndObject();

        void WriteFile(string name, string path, bool exists) => json.WriteString(name, exists ? Path.GetFileName(path) : null);
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset time) => json.WriteString(name, time.UtcDateTime);

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}
