using System.ComponentModel;
using LogMl.Shared.Parameters;

namespace LogMl.Runtime;

/// <summary>Loads the parameters of a workflow from a file. Generated code calls it. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ParameterFile
{
    /// <summary>Reads a file.</summary>
    /// <typeparam name="T">The record of the parameters.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="read">Makes the record of the steps of the file.</param>
    /// <exception cref="FormatException">
    /// The file has another form, or a value that does not fit; the message has line and column.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be read.</exception>
    public static T Load<T>(string path, Func<ParameterFileValue, T> read)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(read);
        var text = File.ReadAllText(path);
        try
        {
            return read(new ParameterFileValue(ParameterFileReader.Read(text)));
        }
        catch (ParameterFileException exception)
        {
            var end = exception.Message.EndsWith('?') ? "" : ".";
            throw new FormatException($"{path}({exception.Place.Line},{exception.Place.Column}): {exception.Message}{end}", exception);
        }
    }
}
