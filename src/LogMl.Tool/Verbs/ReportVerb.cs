using LogMl.Report;
using LogMl.Tool.Output;
using LogMl.Tool.Storages;

namespace LogMl.Tool.Verbs;

/// <summary>The verb <c>report</c>.</summary>
internal static class ReportVerb
{
    /// <summary>The file that is written when none is named.</summary>
    public const string UsualFile = "report.html";

    /// <exception cref="ToolException">There is no such study, or the file cannot be written.</exception>
    public static int Run(StudyRequest request, string? file, bool isJson, ToolConsole console)
    {
        using var open = OpenStudy.Find(request, console);
        var path = OutputFile.Write(console, file ?? UsualFile, StudyReport.Render(open.Storage, open.Name));
        if (isJson)
        {
            JsonText.Print(console, json =>
            {
                json.WriteString("study", open.Name);
                json.WriteString("storage", open.Storage.DisplayName);
                json.WriteString("file", path);
            });
        }
        else
        {
            console.Output.WriteLine(LogMl.Shared.VisibleText.Of(path));
        }

        return ExitCodes.Done;
    }
}
