using System.Text;

namespace LogMl.Tool.Launching;

/// <summary>The words of a command line that is one text, such as <c>ssh -p 2222 -o 'User ann'</c>.</summary>
internal static class CommandWords
{
    /// <summary>Splits it at spaces. Quotes, single or double, keep a word together.</summary>
    /// <exception cref="ToolException">A quote is open, or there is no word.</exception>
    public static IReadOnlyList<string> Split(string text)
    {
        List<string> words = [];
        StringBuilder? word = null;
        char? quote = null;
        foreach (var c in text)
        {
            if (quote is null && c is ' ' or '\t')
            {
                Add();
            }
            else if (quote is null && c is '\'' or '"')
            {
                (quote, word) = (c, word ?? new StringBuilder());
            }
            else if (c == quote)
            {
                quote = null;
            }
            else
            {
                (word ??= new StringBuilder()).Append(c);
            }
        }

        Add();
        return quote is null && words.Count > 0
            ? words
            : throw new ToolException(ToolErrors.Usage, $"--ssh is no command: {text}. It is a program with its options: \"ssh -p 2222\".");

        void Add()
        {
            if (word is not null)
            {
                words.Add(word.ToString());
                word = null;
            }
        }
    }
}
