using System.Text.RegularExpressions;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>
/// The argument <c>log(x)</c> of a distribution: the natural logarithm of a number. With it the bounds of <c>loguniform</c> can be written
/// as values, <c>['loguniform', log(0.0001), log(0.1)]</c>.
/// </summary>
/// <param name="Text">The argument as written.</param>
/// <param name="Number">The number in the brackets. Its position is that of the whole argument.</param>
internal sealed record LogarithmArgument(string Text, YamlScalar Number)
{
    // The forms of other languages and for other bases: math.log(2), np.log(2), Math.Log(2), ln(2), log10(2).
    private static readonly Regex Foreign = new(
        @"^([a-z]+\.)?(ln|log|log10|log2)\s*\((?<number>[^()]*)\)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private const string Start = "log(";
    private const string End = ")";

    /// <summary>The text of the logarithm of a number.</summary>
    public static string Show(double number) => Start + ScalarReader.Show(number) + End;

    /// <summary>The logarithm that an argument is, or null when it is something else.</summary>
    public static LogarithmArgument? Find(YamlScalar scalar) =>
        scalar.Text.StartsWith(Start, StringComparison.Ordinal) && scalar.Text.EndsWith(End, StringComparison.Ordinal)
            ? new LogarithmArgument(
                scalar.Text, Inside(scalar, scalar.Text.Substring(Start.Length, scalar.Text.Length - Start.Length - End.Length)))
            : null;

    /// <summary>The logarithm that an invalid argument probably means, in the right form; null when it does not resemble one.</summary>
    public static LogarithmArgument? FindMeant(YamlScalar scalar)
    {
        var number = Inside(scalar, Foreign.Match(scalar.Text).Groups["number"].Value);
        return ScalarReader.Fits(number, ParameterKind.Double) ? new LogarithmArgument(Start + number.Text + End, number) : null;
    }

    private static YamlScalar Inside(YamlScalar argument, string text) => new(text.Trim(), isPlain: true, argument.Start, argument.End);
}
