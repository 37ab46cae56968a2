using LogMl.Shared;
using LogMl.Tool.Output;
using LogMl.Tool.Storages;
using LogMl.Tool.Views;

namespace LogMl.Tool.Verbs;

/// <summary>The verb <c>delete</c>.</summary>
internal static class DeleteVerb
{
    /// <param name="request">The study to delete.</param>
    /// <param name="isSure">Whether nothing is asked.</param>
    /// <param name="isForced">Whether it is deleted even while a search runs on it.</param>
    /// <param name="isJson">Whether JSON is printed.</param>
    /// <param name="console">The console.</param>
    /// <exception cref="ToolException">There is no such study, it is being searched, or nobody has said yes.</exception>
    public static int Run(StudyRequest request, bool isSure, bool isForced, bool isJson, ToolConsole console)
    {
        using var open = OpenStudy.Find(request, console);
        var study = StorageOpening.Translate(() => open.Storage.RequireStudy(open.Name));
        if (!isForced && StorageOpening.Translate(() => open.Storage.IsSearched(study.Id)))
        {
            throw new ToolException(
                ToolErrors.NotDeleted,
                $"The study '{open.Name}' is being searched, and was left as it is. End the search first; --force deletes the study "
                + "all the same, and ends the search with an error.");
        }

        var trials = StorageOpening.Translate(open.Storage.ListStudies).First(summary => summary.Name == open.Name).Trials;
        if (!isSure && !Confirms(open, trials, console))
        {
            throw new ToolException(
                ToolErrors.NotDeleted, $"The study '{open.Name}' was not deleted. --yes deletes it without a question.");
        }

        using var storage = StorageOpening.ToWrite(open.Location);
        if (!StorageOpening.Translate(() => storage.DeleteStudy(open.Name)))
        {
            throw new ToolException(ToolErrors.Study, $"There is no study '{open.Name}' any more: another process has deleted it.");
        }

        if (isJson)
        {
            JsonText.Print(console, json =>
            {
                json.WriteString("study", open.Name);
                json.WriteString("storage", open.Storage.DisplayName);
                json.WriteNumber("trials", trials);
            });
        }
        else
        {
            console.Output.WriteLine(VisibleText.Of($"The study '{open.Name}' with {TrialFields.Number(trials)} trials was deleted."));
        }

        return ExitCodes.Done;
    }

    /// <summary>Asks on stderr, so that the output has the result alone. Where nobody can answer, nothing is asked.</summary>
    private static bool Confirms(OpenStudy open, int trials, ToolConsole console)
    {
        if (console.Input is null)
        {
            return false;
        }

        console.Error.Write(VisibleText.Of(
            $"Delete the study '{open.Name}' with {TrialFields.Number(trials)} trials in {open.Storage.DisplayName}? [y/N] "));
        console.Error.Flush();
        return console.Input.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
