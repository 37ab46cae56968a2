using System.Globalization;
using LogMl.Storage.Locations;

namespace LogMl.Tool.Storages;

/// <summary>Names studies in messages.</summary>
internal static class StudyList
{
    private const int Most = 10;

    /// <summary>The names, or the first of many.</summary>
    public static string Of(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(Most).Select(name => $"'{name}'"))
        + (names.Count > Most ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - Most} more") : "");

    /// <summary>The names with their places, seen from a folder.</summary>
    public static string Of(IReadOnlyCollection<(StorageLocation Location, string Name)> studies, string folder)
    {
        var shown = studies.Take(Most).Select(study => $"'{study.Name}' in {Path.GetRelativePath(folder, study.Location.Path)}");
        return studies.Count == 0
            ? "none"
            : string.Join(", ", shown)
                + (studies.Count > Most ? string.Create(CultureInfo.InvariantCulture, $" and {studies.Count - Most} more") : "");
    }
}
