namespace LogMl.Shared.Requests;

/// <summary>
/// The fields of a request by name, for both directions. The writer of the tasks writes each value and returns it. The reader of the host
/// ignores the value and returns what it has read. A field that is not set is not written.
/// </summary>
internal abstract class RequestFields
{
    /// <summary>A required text.</summary>
    public abstract string Text(string name, string? value);

    /// <summary>A text, or null.</summary>
    public abstract string? TextOrNull(string name, string? value);

    /// <summary>A required absolute path.</summary>
    public abstract string Path(string name, string? value);

    /// <summary>An absolute path, or null.</summary>
    public abstract string? PathOrNull(string name, string? value);

    /// <summary>A list of absolute paths, which may be empty.</summary>
    public abstract IReadOnlyList<string> Paths(string name, IReadOnlyList<string>? values);

    /// <summary>A flag; false when it is absent.</summary>
    public abstract bool Flag(string name, bool? value);

    /// <summary>A number above 0, or null.</summary>
    public abstract double? NumberOrNull(string name, double? value);

    /// <summary>Texts by name, which may be empty.</summary>
    public abstract IReadOnlyDictionary<string, string> Texts(string name, IReadOnlyDictionary<string, string>? values);
}
