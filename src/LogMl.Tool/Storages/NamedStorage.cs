using LogMl.Storage.Locations;

namespace LogMl.Tool.Storages;

/// <summary>The storage that the environment or a file names, with the error of the tool when it cannot be used.</summary>
internal static class NamedStorage
{
    /// <summary>The option with a file that names the storage.</summary>
    public const string FileOption = "--storage-file";

    /// <summary>The storage that the environment or the file of <see cref="FileOption"/> names; null when neither does.</summary>
    /// <param name="console">The console, which gets the warning that others can read the file.</param>
    /// <param name="file">The value of the option, or null.</param>
    /// <exception cref="ToolException">What names it cannot be used.</exception>
    public static StorageLocation? Find(ToolConsole console, string? file) =>
        Find(console.Variable(NamedLocation.Variable), FileOf(console, file), FileOption, text => console.Warn(ToolErrors.Location, text));

    /// <summary>As <see cref="NamedLocation.Find"/>.</summary>
    /// <exception cref="ToolException">What names it cannot be used.</exception>
    public static StorageLocation? Find(string? variable, string? file, string option, Action<string> warn)
    {
        try
        {
            return NamedLocation.Find(variable, file, option, warn);
        }
        catch (FormatException exception)
        {
            throw new ToolException(ToolErrors.Location, exception.Message);
        }
    }

    /// <summary>The path of a file of a command line; null when there is none.</summary>
    public static string? FileOf(ToolConsole console, string? file) =>
        file is null ? null : Path.Combine(console.Folder, file);
}
