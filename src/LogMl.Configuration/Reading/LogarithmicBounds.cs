using System.Globalization;
using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>
/// Warns of bounds of a log-uniform distribution that are probably values. As in hyperopt, its bounds are logarithms, so the range of
/// <c>[0.0001, 0.1]</c> is 1.0001 to 1.105. When one bound is written as <c>log(x)</c>, the other must be a logarithm too.
/// </summary>
internal sealed class LogarithmicBounds(DiagnosticBag diagnostics)
{
    /// <summary>
    /// The least logarithm of a plausible lower bound: nobody searches a range that starts less than a tenth above 1 on a logarithmic
    /// scale.
    /// </summary>
    private const double SmallestLogarithm = 0.1;

    /// <summary>The greatest plausible logarithm. Its exponential is 10^15, and no parameter is as large.</summary>
    private const double LargestLogarithm = 34.5;

    private readonly ScalarReader _scalars = new(diagnostics);

    /// <summary>Warns when the bounds are probably values. Returns whether it has warned.</summary>
    public bool Check(WrittenDistribution written, YamlNode? spaceNode, YamlNode? defaultNode)
    {
        if (written is not { IsSound: true, Kind: { } kind }
            || DistributionForm.Of(kind) is not { Law: DistributionLaw.Uniform, IsLog: true }
            || spaceNode is not YamlSequence { Items: [_, YamlScalar first, YamlScalar second, ..] })
        {
            return false;
        }

        var (low, high) = (written.Arguments[0], written.Arguments[1]);
        var (lowest, highest) = (LogarithmArgument.Find(first), LogarithmArgument.Find(second)) switch
        {
            (null, null) when low > 0
                && (low < SmallestLogarithm || high > LargestLogarithm || DefaultSaysSo(defaultNode, low, high)) => (low, high),
            ({ } logarithm, null) when high > 0 => (ValueOf(logarithm), high),
            (null, { } logarithm) when low > 0 => (low, ValueOf(logarithm)),
            _ => (0, 0),
        };

        // The bounds are no range of values, so they were not meant as values.
        if (lowest >= highest)
        {
            return false;
        }

        diagnostics.Report(
            ConfigurationDiagnostics.LinearBounds,
            Math.Min(first.Start, second.Start),
            Math.Max(first.End, second.End),
            DistributionConfiguration.NameOf(kind),
            Rounded(Math.Exp(low)),
            Rounded(Math.Exp(high)),
            ScalarReader.Show(lowest),
            ScalarReader.Show(highest),
            LogarithmArgument.Show(lowest),
            LogarithmArgument.Show(highest));
        return true;
    }

    /// <summary>Whether the default lies between the bounds, but not between their exponentials.</summary>
    private bool DefaultSaysSo(YamlNode? node, double low, double high) =>
        node is YamlScalar { IsNull: false } scalar
        && _scalars.ReadAs(scalar, ParameterKind.Double) is ConfigurationValue.Number { Value: var value }
        && value >= low
        && value <= high
        && (value < Math.Exp(low) || value > Math.Exp(high));

    private double ValueOf(LogarithmArgument logarithm) =>
        _scalars.ReadAs(logarithm.Number, ParameterKind.Double) is ConfigurationValue.Number { Value: var value } ? value : double.NaN;

    private static string Rounded(double value) => value.ToString("G5", CultureInfo.InvariantCulture);
}
