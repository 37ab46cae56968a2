using System.Text;

namespace LogMl.Tool.Mlflow;

/// <summary>
/// What MLflow accepts. A server refuses a whole request for one name or value beyond it, so names and values are made to fit, and what was
/// changed is noted.
/// </summary>
internal sealed class MlflowLimits
{
    /// <summary>The greatest length of a name.</summary>
    public const int Name = 250;

    /// <summary>The greatest length of the value of a parameter.</summary>
    public const int Param = 6000;

    /// <summary>The greatest length of the value of a tag. Servers since version 2.10 accept more.</summary>
    public const int Tag = 5000;

    /// <summary>The most metrics, parameters and tags of a request together, and the most metrics.</summary>
    public const int Items = 1000;

    /// <summary>The most parameters of a request, and the most tags.</summary>
    public const int Texts = 100;

    /// <summary>The greatest size of a request is 1 MB, and a character takes up to six bytes in JSON.</summary>
    public const int Characters = 150_000;

    private const int MostNotes = 20;

    private readonly List<string> _notes = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>What was changed, in words; null for nothing.</summary>
    public string? Note => _notes.Count == 0
        ? null
        : Cut(string.Join("; ", _notes.Take(MostNotes)) + (_notes.Count > MostNotes ? $"; and {_notes.Count - MostNotes} more" : ""), Tag);

    /// <summary>How many names and values were changed.</summary>
    public int Changes => _notes.Count;

    /// <summary>
    /// A name that MLflow accepts: letters, digits and <c>_-. /</c>, and no path that could be written shorter. No two names become the
    /// same.
    /// </summary>
    public string NameOf(string name)
    {
        var text = new StringBuilder();
        foreach (var character in name)
        {
            text.Append(char.IsAsciiLetterOrDigit(character) || "_-. /".Contains(character, StringComparison.Ordinal) ? character : '_');
        }

        var parts = text.ToString().Split('/').Select(part => part is "" or "." or ".." ? "_" : part);
        var allowed = Cut(string.Join('/', parts), Name);
        for (var n = 2; _names.TryGetValue(allowed, out var other) && other != name; n++)
        {
            var end = FormattableString.Invariant($"_{n}");
            allowed = Cut(allowed, Name - end.Length) + end;
        }

        if (_names.TryAdd(allowed, name) && allowed != name)
        {
            _notes.Add($"'{name}' is called '{allowed}'");
        }

        return allowed;
    }

    /// <summary>The value of a parameter or a tag, which is cut when it is too long.</summary>
    public MlflowText TextOf(string name, string value, int longest)
    {
        var key = NameOf(name);
        if (value.Length > longest)
        {
            _notes.Add(FormattableString.Invariant($"the value of '{key}' is cut from {value.Length} characters to {longest}"));
        }

        return new MlflowText(key, Cut(value, longest));
    }

    /// <summary>Cuts a text, but no character of two halves.</summary>
    private static string Cut(string text, int longest) => text.Length <= longest
        ? text
        : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
}
