namespace LogMl.Storage.Locations;

/// <summary>
/// Reads the location of a storage from the environment or from a file, the only two places where one with a password may stand. No error
/// repeats any part of a text that could not be read.
/// </summary>
internal static class NamedLocation
{
    /// <summary>The environment variable with the location.</summary>
    public const string Variable = "LOGML_STORAGE";

    /// <summary>The greatest length of the text. A file with more in it has no connection string.</summary>
    private const int MaxLength = 16 * 1024;

    /// <summary>The location that the variable or the file names; null when neither does.</summary>
    /// <param name="variable">The value of <see cref="Variable"/>, or null.</param>
    /// <param name="file">The file with the location, or null.</param>
    /// <param name="option">The name of the option with the file, for messages.</param>
    /// <param name="warn">Receives the warning that others can read the file.</param>
    /// <exception cref="FormatException">The location cannot be used.</exception>
    public static StorageLocation? Find(string? variable, string? file, string option, Action<string> warn)
    {
        var isSet = !string.IsNullOrWhiteSpace(variable);
        if (file is null)
        {
            return isSet ? Parse(variable!, $"the environment variable {Variable}") : null;
        }

        // Whichever of them had priority, some users would find the study in the wrong database.
        return isSet
            ? throw new FormatException(
                $"Two places say where studies are stored: the environment variable {Variable} and {option}, '{file}'. Clear one of them.")
            : Parse(ReadFile(file, option, warn), $"the file '{file}'");
    }

    /// <summary>Reads a location.</summary>
    /// <param name="text">The location.</param>
    /// <param name="source">The source of the text, for errors.</param>
    /// <exception cref="FormatException">The text is no location.</exception>
    public static StorageLocation Parse(string text, string source)
    {
        try
        {
            return StorageLocation.Parse(text);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"The storage location in {source} cannot be used: {exception.Message}");
        }
    }

    private static string ReadFile(string path, string option, Action<string> warn)
    {
        try
        {
            using var reader = new StreamReader(path);
            WarnOfReaders(path, warn);
            var buffer = new char[MaxLength + 1];
            var length = reader.ReadBlock(buffer);
            var text = new string(buffer, 0, length);
            if (string.IsNullOrWhiteSpace(text))
            {
                throw new FormatException($"The file '{path}', which {option} names, is empty. {StorageLocation.ValidForms}");
            }

            return length <= MaxLength
                ? text
                : throw new FormatException(
                    $"The file '{path}', which {option} names, is too long for a storage location. {StorageLocation.ValidForms}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"The file with the storage location, which {option} names, cannot be read: {exception.Message}");
        }
    }

    private static void WarnOfReaders(string path, Action<string> warn)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0)
        {
            warn($"Other users of this machine can read the file '{path}', which may have a password in it. Make it yours alone: "
                + "chmod 600.");
        }
    }
}
