namespace LogMl.Shared.Requests;

/// <summary>
/// What the fields of a request pass through, by name: the writer of the tasks takes each value and gives it back, the reader of the host
/// pays no attention to it and gives what it has read. A field that is not set is not written.
/// </summary>
internal abstract class RequestFields
{
    /// <summary>A text that must be there.</summary>
    public abstract string Text(string name, string? value);

    /// <summary>An absolute path that must be there.</summary>
    public abstract string Path(string name, string? value);

    /// <summary>An absolute path, or null.</summary>
    public abstract string? PathOrNull(string name, string? value);

    /// <summary>Absolute paths, perhaps none.</summary>
    public abstract IReadOnlyList<string> Paths(string name, IReadOnlyList<string>? values);

    /// <summary>Whether something is so; false when nobody says it.</summary>
    public abstract bool Flag(string name, bool? value);

    /// <summary>A number above 0, or null.</summary>
    public abstract double? NumberOrNull(string name, double? value);

    /// <summary>Texts by name, perhaps none.</summary>
    public abstract IReadOnlyDictionary<string, string> Texts(string name, IReadOnlyDictionary<string, string>? values);
}
