using System.Text;

namespace LogMl.Configuration;

/// <summary>How names of the YAML become names of C#.</summary>
public static class CSharpNames
{
    /// <summary>
    /// The PascalCase form of a YAML name: <c>learning_rate</c> gives <c>LearningRate</c>. Underscores, hyphens, dots and spaces separate
    /// words; the first letter of each becomes upper case, the others stay. Null when the result is not an identifier.
    /// </summary>
    public static string? ToPascalCase(string name)
    {
        var result = new StringBuilder(name.Length);
        var startsWord = true;
        foreach (var c in name)
        {
            if (c is '_' or '-' or '.' or ' ')
            {
                startsWord = true;
            }
            else if (char.IsLetter(c) || (char.IsDigit(c) && c < 128 && result.Length > 0))
            {
                // Two numbers that a separator kept apart must stay apart: layer_1_2 and layer_12 are two names.
                if (startsWord && result.Length > 0 && char.IsDigit(c) && char.IsDigit(result[result.Length - 1]))
                {
                    result.Append('_');
                }

                result.Append(startsWord ? char.ToUpperInvariant(c) : c);
                startsWord = false;
            }
            else
            {
                return null;
            }
        }

        return result.Length == 0 ? null : result.ToString();
    }
}
