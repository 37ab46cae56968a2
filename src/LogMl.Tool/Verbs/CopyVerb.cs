using LogMl.Shared;
using LogMl.Storage;
using LogMl.Storage.Locations;
using LogMl.Tool.Output;
using LogMl.Tool.Storages;
using LogMl.Tool.Views;

namespace LogMl.Tool.Verbs;

/// <summary>The verb <c>copy</c>: a study with all its trials in another storage, or under another name.</summary>
internal static class CopyVerb
{
    /// <param name="request">The study to copy.</param>
    /// <param name="target">Where to.</param>
    /// <param name="isJson">Whether JSON is printed.</param>
    /// <param name="console">The console.</param>
    /// <exception cref="ToolException">There is no such study, or the copy cannot be made. Nothing was written then.</exception>
    public static int Run(StudyRequest request, CopyTarget target, bool isJson, ToolConsole console)
    {
        var place = PlaceOf(target, console);
        using var source = OpenStudy.Find(request, console);
        var name = target.Name ?? source.Name;
        var study = StorageOpening.Translate(() => source.Storage.ReadCopy(source.Storage.RequireStudy(source.Name)));
        using var storage = StorageOpening.ToWrite(place);
        var (copy, interrupted) = Ended(study with { Name = name });
        if (!StorageOpening.Translate(() => storage.TryWriteCopy(copy)))
        {
            throw new ToolException(
                ToolErrors.Copy,
                $"There is a study '{name}' in '{storage.DisplayName}' already, and it was left as it is. "
                + "Give the copy another name with --as.");
        }

        if (isJson)
        {
            JsonText.Print(console, json =>
            {
                json.WriteString("study", source.Name);
                json.WriteString("storage", source.Storage.DisplayName);
                json.WriteString("copy", name);
                json.WriteString("copy_storage", storage.DisplayName);
                json.WriteNumber("trials", copy.Trials.Count);
                json.WriteNumber("interrupted", interrupted);
            });
        }
        else
        {
            console.Output.WriteLine(VisibleText.Of(
                $"{TrialFields.Number(copy.Trials.Count)} trials of '{source.Name}' were copied to '{name}' in {storage.DisplayName}."));
            if (interrupted > 0)
            {
                console.Output.WriteLine(
                    $"{TrialFields.Number(interrupted)} of them are running, which a copy cannot: they are failed there.");
            }
        }

        return ExitCodes.Done;
    }

    private static StorageLocation PlaceOf(CopyTarget target, ToolConsole console)
    {
        if ((target.Place is null) == (target.StorageFile is null))
        {
            throw new ToolException(ToolErrors.Usage, "Say where to: either --to or --to-storage-file.");
        }

        if (target.Place is { } place)
        {
            return GivenPlace.Read(place, "--to", console);
        }

        return NamedStorage.Find(
            variable: null, NamedStorage.FileOf(console, target.StorageFile), "--to-storage-file",
            text => console.Warn(ToolErrors.Location, text))!;
    }

    /// <summary>The study with the trials that run as failed ones: their processes do not know the copy.</summary>
    private static (StudyCopy Copy, int Interrupted) Ended(StudyCopy study)
    {
        var interrupted = study.Trials.Count(trial => trial.State == StoredState.Running);
        return (study with { Trials = [.. study.Trials.Select(End)] }, interrupted);

        static TrialCopy End(TrialCopy trial) => trial.State != StoredState.Running ? trial : trial with
        {
            State = StoredState.Fail,
            Completed = trial.Started,
            UserAttributes =
            [
                .. trial.UserAttributes.Where(pair => pair.Key != TrialNoteNames.FailReason),
                KeyValuePair.Create(TrialNoteNames.FailReason, "\"It was running when the study was copied.\""),
            ],
        };
    }
}
