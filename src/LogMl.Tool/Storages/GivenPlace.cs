using LogMl.Storage.Locations;

namespace LogMl.Tool.Storages;

/// <summary>
/// The value of an option that names a storage to write to, which need not exist: a SQLite file, or the place of the environment.
/// </summary>
internal static class GivenPlace
{
    /// <summary>The word for the place that the environment names.</summary>
    public const string FromEnvironment = "env";

    /// <summary>The storage.</summary>
    /// <param name="place">The value of the option.</param>
    /// <param name="option">The name of the option, for messages.</param>
    /// <param name="console">The console.</param>
    /// <exception cref="ToolException">The environment names none, or the value is the location of a database.</exception>
    public static StorageLocation Read(string place, string option, ToolConsole console)
    {
        if (place != FromEnvironment)
        {
            var path = Path.GetFullPath(Path.Combine(console.Folder, place));
            return !File.Exists(path)
                && (place.Contains("://", StringComparison.Ordinal) || place.Contains('=', StringComparison.Ordinal))
                    ? throw new ToolException(
                        ToolErrors.Location,
                        "The location of a database may have a password in it, and other users see command lines. Put it into the "
                        + $"environment variable {NamedLocation.Variable}, and say {option} {FromEnvironment}.")
                    : StorageLocation.OfFile(path);
        }

        return NamedStorage.Find(console.Variable(NamedLocation.Variable), file: null, option, _ => { })
            ?? throw new ToolException(
                ToolErrors.Location,
                $"{option} is {FromEnvironment}, but the environment variable {NamedLocation.Variable} is not set.");
    }
}
