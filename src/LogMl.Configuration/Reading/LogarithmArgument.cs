using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>
/// The argument <c>log(x)</c> of a distribution: the natural logarithm of a number. So the bounds of <c>loguniform</c> can be written as they
/// are meant, <c>['loguniform', log(0.0001), log(0.1)]</c>.
/// </summary>
/// <param name="Text">The argument as written.</param>
/// <param name="Number">What stands in the brackets; its place is that of the whole argument.</param>
internal sealed record LogarithmArgument(string Text, YamlScalar Number)
{
    private const string Start = "log(";
    private const string End = ")";

    /// <summary>How a number is written as a logarithm.</summary>
    public static string Show(double number) => Start + ScalarReader.Show(number) + End;

    /// <summary>The logarithm that an argument is, or null when it is something else.</summary>
    public static LogarithmArgument? Find(YamlScalar scalar) =>
        scalar.Text.StartsWith(Start, StringComparison.Ordinal) && scalar.Text.EndsWith(End, StringComparison.Ordinal)
            ? new LogarithmArgument(
                scalar.Text,
                new YamlScalar(
                    scalar.Text.Substring(Start.Length, scalar.Text.Length - Start.Length - End.Length).Trim(), isPlain: true, scalar.Start, scalar.End))
            : null;
}
