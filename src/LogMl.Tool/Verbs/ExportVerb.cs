using LogMl.Tool.Output;
using LogMl.Tool.Storages;
using LogMl.Tool.Studies;
using LogMl.Tool.Views;

namespace LogMl.Tool.Verbs;

/// <summary>The verb <c>export</c>.</summary>
internal static class ExportVerb
{
    /// <summary>The word for a tracking server of MLflow in place of a file.</summary>
    public const string TrackingServer = "mlflow";

    /// <summary>The forms of an export by the ends of file names.</summary>
    public static readonly string[] Forms = ["csv", "json"];

    /// <exception cref="ToolException">There is no such study, or the file cannot be written.</exception>
    public static int Run(StudyRequest request, string file, string? form, bool isJson, ToolConsole console)
    {
        var chosen = form ?? Path.GetExtension(file).TrimStart('.').ToLowerInvariant();
        if (!Forms.Contains(chosen))
        {
            throw new ToolException(
                ToolErrors.Usage, $"The form of '{file}' is not clear from its name. Say it with --format: {string.Join(" or ", Forms)}.");
        }

        using var open = OpenStudy.Find(request, console);
        var study = StudyData.Read(open.Storage, open.Name);
        using var text = new StringWriter { NewLine = "\n" };
        if (chosen == "csv")
        {
            TrialCsv.Write(text, study, study.Trials);
        }
        else
        {
            JsonText.Print(console with { Output = text }, json => StudyJson.WriteWhole(json, study));
        }

        var path = OutputFile.Write(console, file, text.ToString());
        if (isJson)
        {
            JsonText.Print(console, json =>
            {
                TrialJson.WriteHead(json, study);
                json.WriteString("file", path);
                json.WriteNumber("trials", study.Trials.Count);
            });
        }
        else
        {
            console.Output.WriteLine($"{LogMl.Shared.VisibleText.Of(path)}: {TrialFields.Number(study.Trials.Count)} trials");
        }

        return ExitCodes.Done;
    }
}
