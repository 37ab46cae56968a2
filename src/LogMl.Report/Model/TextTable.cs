using LogMl.Shared;

namespace LogMl.Report.Model;

/// <summary>
/// The texts of a page, each once: many trials fail for the same reason. All together are bounded, so that a page stays small enough to
/// open. What is left out is said in its place.
/// </summary>
internal sealed class TextTable
{
    private const int Longest = 8_000;
    private const int LongestOfAll = 1_500_000;
    private const string LeftOut = "(This text is left out: the report has as much text as it can take. The study has it.)";

    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];
    private int _length;

    /// <summary>Whether a text was left out.</summary>
    public bool IsFull { get; private set; }

    /// <summary>The texts.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>Adds a text.</summary>
    /// <param name="text">The text; null for none.</param>
    /// <returns>Its index; -1 for none.</returns>
    public int Add(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return -1;
        }

        var cut = BoundedText.Cut(text, Longest);
        if (!_indices.TryGetValue(cut, out var index))
        {
            if (_length + cut.Length > LongestOfAll && cut != LeftOut)
            {
                IsFull = true;
                return Add(LeftOut);
            }

            _length += cut.Length;
            index = _texts.Count;
            _indices.Add(cut, index);
            _texts.Add(cut);
        }

        return index;
    }
}
