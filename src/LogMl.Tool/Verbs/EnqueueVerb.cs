using LogMl.Shared;
using LogMl.Tool.Output;
using LogMl.Tool.Storages;
using LogMl.Tool.Studies;

namespace LogMl.Tool.Verbs;

/// <summary>The verb <c>enqueue</c>: a point that a search tries next.</summary>
internal static class EnqueueVerb
{
    /// <param name="request">The study.</param>
    /// <param name="values">The values, each as <c>name=value</c>.</param>
    /// <param name="isJson">Whether JSON is printed.</param>
    /// <param name="console">The console.</param>
    /// <exception cref="ToolException">There is no such study, or a value is not of its parameter.</exception>
    public static int Run(StudyRequest request, IReadOnlyList<string> values, bool isJson, ToolConsole console)
    {
        using var open = OpenStudy.Find(request, console);
        var study = StudyData.Read(open.Storage, open.Name);
        var point = GivenPoint.Read(study, values);
        using var storage = StorageOpening.ToWrite(open.Location);
        StorageOpening.Translate(() =>
        {
            storage.Enqueue(storage.RequireStudy(open.Name).Id, point);
            return true;
        });
        if (isJson)
        {
            JsonText.Print(console, json =>
            {
                json.WriteString("study", open.Name);
                json.WriteString("storage", open.Storage.DisplayName);
                json.WritePropertyName("parameters");
                json.WriteRawValue(point);
            });
        }
        else
        {
            console.Output.WriteLine(VisibleText.Of($"A search of '{open.Name}' will try {point}."));
        }

        return ExitCodes.Done;
    }
}
