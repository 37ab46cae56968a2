using System.Globalization;
using LogMl.Shared;
using LogMl.Tool.Mlflow;
using LogMl.Tool.Output;
using LogMl.Tool.Storages;
using LogMl.Tool.Studies;
using LogMl.Tool.Views;

namespace LogMl.Tool.Verbs;

/// <summary>The verb <c>export</c> with a tracking server of MLflow in place of a file.</summary>
internal static class MlflowVerb
{
    /// <param name="request">The study.</param>
    /// <param name="trackingUri">The address of the server; null for that of the environment.</param>
    /// <param name="experiment">The name of the experiment; null for that of the study.</param>
    /// <param name="isJson">Whether JSON is printed.</param>
    /// <param name="console">The console.</param>
    /// <exception cref="ToolException">There is no such study, or the server does not take it.</exception>
    public static int Run(StudyRequest request, string? trackingUri, string? experiment, bool isJson, ToolConsole console)
    {
        using var server = MlflowServer.Find(trackingUri, console);
        using var open = OpenStudy.Find(request, console);
        var study = StudyData.Read(open.Storage, open.Name);
        var export = new MlflowExport(server, study);
        var name = experiment ?? study.Name;
        string run;
        try
        {
            run = export.Run(name).GetAwaiter().GetResult();
        }
        catch (ToolException exception)
        {
            var done = export.Created + export.Updated + export.Unchanged;
            throw done == 0 ? exception : new ToolException(exception.Code, string.Create(
                CultureInfo.InvariantCulture,
                $"{exception.Message} {done} of {export.Trials} trials are there; the same call goes on with the others."));
        }

        Print(console, isJson, study, server, name, run, export);
        return ExitCodes.Done;
    }

    private static void Print(
        ToolConsole console, bool isJson, StudyData study, MlflowServer server, string experiment, string run, MlflowExport export)
    {
        if (isJson)
        {
            JsonText.Print(console, json =>
            {
                TrialJson.WriteHead(json, study);
                json.WriteString("server", server.Name);
                json.WriteString("experiment", experiment);
                json.WriteString("run", run);
                json.WriteNumber("created", export.Created);
                json.WriteNumber("updated", export.Updated);
                json.WriteNumber("unchanged", export.Unchanged);
                json.WriteNumber("fitted", export.Fitted);
            });
            return;
        }

        console.Output.WriteLine(VisibleText.Of(string.Create(
            CultureInfo.InvariantCulture,
            $"'{study.Name}' is in the experiment '{experiment}' on {server.Name}, run {run}: {export.Created} trials are new there, "
            + $"{export.Updated} were brought up to date, {export.Unchanged} had everything.")));
        if (export.Fitted > 0)
        {
            console.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{export.Fitted} names or values were changed so that MLflow accepts them; the tag logml.note of each run says how."));
        }
    }
}
