using System.Globalization;
using LogMl.Shared.Wire;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace LogMl.Tasks;

/// <summary>The item that the target HyperOpt returns. Metadata that a search has nothing for are empty.</summary>
internal static class ResultItem
{
    public static ITaskItem Of(HostEvent.Result found)
    {
        var item = new TaskItem(found.Path);
        item.SetMetadata("Trial", found.Trial?.ToString(CultureInfo.InvariantCulture) ?? "");
        item.SetMetadata("Loss", Text(found.Loss));
        item.SetMetadata("TestLoss", Text(found.TestLoss));
        item.SetMetadata("BestFile", found.BestFile ?? "");
        item.SetMetadata("ReportFile", found.ReportFile ?? "");
        item.SetMetadata("Gate", found.Gate ?? "");
        return item;
    }

    private static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
