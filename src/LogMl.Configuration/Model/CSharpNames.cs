using System.Text;

namespace LogMl.Configuration.Model;

/// <summary>Converts names of the YAML to C# names.</summary>
public static class CSharpNames
{
    /// <summary>
    /// The greatest length of a name in UTF-8 bytes. An assembly has room for 1023, and the compiler makes longer names from it: of
    /// accessors, of fields behind properties, and of enums, which begin with their step.
    /// </summary>
    public const int MaxBytes = 900;

    /// <summary>
    /// The PascalCase form of a YAML name: <c>learning_rate</c> gives <c>LearningRate</c>. Underscores, hyphens, dots and spaces separate
    /// words; the first letter of each becomes upper case, the others stay. Null when the result is not an identifier, or has more
    /// than <see cref="MaxBytes"/>.
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
                // Two numbers that a separator divides must stay apart: layer_1_2 and layer_12 are two names.
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

        return result.Length == 0 || Encoding.UTF8.GetByteCount(result.ToString()) > MaxBytes ? null : result.ToString();
    }
}
