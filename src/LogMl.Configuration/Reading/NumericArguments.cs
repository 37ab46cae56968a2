using System.Globalization;
using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;
using LogMl.Shared;

namespace LogMl.Configuration.Reading;

/// <summary>Reads and checks the arguments of the ten distributions over numbers.</summary>
internal sealed class NumericArguments(DiagnosticBag diagnostics)
{
    private readonly ScalarReader _scalars = new(diagnostics);

    /// <summary>The arguments, or null when one of them is wrong (and reported).</summary>
    public double[]? Read(DistributionKind kind, YamlSequence list, List<YamlNode> arguments)
    {
        var nodes = arguments;
        if (kind == DistributionKind.UniformInt && arguments.Count == 3)
        {
            // hyperopt's uniformint is a quniform, and may have its q, which can only be 1.
            if (!IsOne(arguments[2]))
            {
                ReportKind(arguments[2], "q", kind, "1");
                return null;
            }

            nodes = arguments.Take(2).ToList();
        }

        var names = DistributionSignature.Arguments(kind, nodes.Count);
        if (nodes.Count != names.Length)
        {
            DistributionReader.ReportCount(kind, list, arguments, diagnostics);
            return null;
        }

        var numbers = nodes.Select((node, i) => ReadNumber(kind, names[i], node)).ToList();
        return numbers.All(number => number is not null) && Check(kind, nodes, numbers.Select(number => number!.Value).ToArray())
            ? numbers.Select(number => number!.Value).ToArray()
            : null;
    }

    private double? ReadNumber(DistributionKind kind, string name, YamlNode node)
    {
        var isInteger = DistributionForm.Of(kind).IsInteger;
        var scalar = node as YamlScalar;
        if (!isInteger && scalar is not null && LogarithmArgument.Find(scalar) is { } logarithm)
        {
            return ReadLogarithm(kind, name, logarithm, node);
        }

        if (scalar is not null && _scalars.RefusesNotFinite(scalar))
        {
            return null;
        }

        var value = scalar is null ? null : _scalars.ReadAs(scalar, isInteger ? ParameterKind.Long : ParameterKind.Double);
        var number = value switch
        {
            ConfigurationValue.Integer integer => integer.Value,
            ConfigurationValue.Number real => real.Value,
            _ => (double?)null,
        };
        if (number is null)
        {
            ReportKind(node, name, kind, isInteger ? "a whole number" : Expected(scalar));
        }
        else if (Yaml12Scalars.Read(scalar!.Text) is ConfigurationValue.Integer
            { Value: < -DistributionLimits.LargestExactInteger or > DistributionLimits.LargestExactInteger })
        {
            var limit = DistributionLimits.LargestExactInteger.ToString(CultureInfo.InvariantCulture) + " (2^53)";
            diagnostics.Report(ConfigurationDiagnostics.IntegerTooLarge, node, scalar.Text, limit);
            return null;
        }

        return number;
    }

    private static string Expected(YamlScalar? scalar) =>
        scalar is not null && LogarithmArgument.FindMeant(scalar) is { Text: var text }
            ? $"a number: write {text}, the natural logarithm"
            : "a number";

    private double? ReadLogarithm(DistributionKind kind, string name, LogarithmArgument logarithm, YamlNode node)
    {
        if (_scalars.RefusesNotFinite(logarithm.Number))
        {
            return null;
        }

        if (_scalars.ReadAs(logarithm.Number, ParameterKind.Double) is not ConfigurationValue.Number { Value: var number })
        {
            ReportKind(node, name, kind, "a number, or log(x) of a number x");
            return null;
        }

        if (number <= 0)
        {
            diagnostics.Report(
                ConfigurationDiagnostics.NumberOutOfRange, node, YamlScalar.Display(logarithm.Text),
                "only a number above 0 has a logarithm");
            return null;
        }

        // Only a bound is rounded towards the inside of the range. Every other argument is the logarithm itself.
        return (DistributionForm.Of(kind) is { Law: DistributionLaw.Uniform, IsLog: true }, name) switch
        {
            (true, DistributionSignature.Low) => WrittenBound.LowLogarithm(number),
            (true, DistributionSignature.High) => WrittenBound.HighLogarithm(number),
            _ => PortableMath.Log(number),
        };
    }

    private bool Check(DistributionKind kind, List<YamlNode> nodes, double[] numbers)
    {
        var form = DistributionForm.Of(kind);
        var isNormal = form.Law == DistributionLaw.Normal;
        var isSound = isNormal
            ? CheckPositive(kind, "sigma", nodes[1], numbers[1])
            : CheckRange(kind, nodes, numbers);
        if (form.IsQuantized)
        {
            isSound &= CheckPositive(kind, "q", nodes[2], numbers[2]);
        }

        return isSound && (form, isNormal) switch
        {
            ({ IsLog: true }, true) => CheckLogarithm(kind, nodes[0], numbers[0]),
            ({ IsLog: true }, false) => CheckLogarithm(kind, nodes[0], numbers[0]) && CheckLogarithm(kind, nodes[1], numbers[1]),
            ({ IsQuantized: true }, false) => CheckMultiples(kind, nodes[2], numbers),
            _ => true,
        };
    }

    private bool CheckRange(DistributionKind kind, List<YamlNode> nodes, double[] numbers)
    {
        var low = numbers.Length == 1 ? 0 : numbers[0];
        var high = numbers.Length == 1 ? numbers[0] : numbers[1];
        if (low < high)
        {
            return CheckWidth(kind, nodes, low, high);
        }

        var name = DistributionConfiguration.NameOf(kind);
        var last = nodes[Math.Min(1, nodes.Count - 1)];

        // The span is from low to high. A bound from an alias may stand anywhere.
        var end = last.End > nodes[0].Start ? last.End : nodes[0].End;
        diagnostics.Report(
            ConfigurationDiagnostics.EmptyRange,
            nodes[0].Start,
            end,
            name,
            numbers.Length == 1 ? ScalarReader.Show(low) : AsWritten(nodes[0], low),
            AsWritten(last, high));
        return false;
    }

    private static string AsWritten(YamlNode node, double number) =>
        node is YamlScalar scalar && LogarithmArgument.Find(scalar) is { } logarithm
            ? YamlScalar.Display(logarithm.Text)
            : ScalarReader.Show(number);

    private bool CheckPositive(DistributionKind kind, string name, YamlNode node, double number)
    {
        if (number > 0)
        {
            return true;
        }

        diagnostics.Report(
            ConfigurationDiagnostics.NotPositive, node, name, DistributionConfiguration.NameOf(kind), ScalarReader.Show(number));
        return false;
    }

    private bool CheckWidth(DistributionKind kind, List<YamlNode> nodes, double low, double high)
    {
        if (DistributionLimits.HasWidth(low, high))
        {
            return true;
        }

        ReportRange(
            nodes[1], high,
            $"high - low of '{DistributionConfiguration.NameOf(kind)}' must be a finite number, and low is {ScalarReader.Show(low)}");
        return false;
    }

    /// <summary>Checks a logarithm. The usual mistake is to write the bound itself instead of its logarithm.</summary>
    private bool CheckLogarithm(DistributionKind kind, YamlNode node, double logarithm)
    {
        if (DistributionLimits.IsLogarithm(logarithm))
        {
            return true;
        }

        var limit = ScalarReader.Show(DistributionLimits.LargestLogarithm);
        ReportRange(
            node,
            logarithm,
            $"'{DistributionConfiguration.NameOf(kind)}' takes natural logarithms from -{limit} to {limit}, of numbers from 1.3e-308 to "
            + "8.2e+307");
        return false;
    }

    private bool CheckMultiples(DistributionKind kind, YamlNode node, double[] numbers)
    {
        if (DistributionLimits.HasExactMultiples(numbers[0], numbers[1], numbers[2]))
        {
            return true;
        }

        ReportRange(
            node,
            numbers[2],
            $"the bounds of '{DistributionConfiguration.NameOf(kind)}' must lie within 2^53 * q on both sides of 0, "
            + "up to where all multiples of q are different numbers");
        return false;
    }

    private void ReportRange(YamlNode node, double number, string reason) =>
        diagnostics.Report(ConfigurationDiagnostics.NumberOutOfRange, node, AsWritten(node, number), reason);

    private bool IsOne(YamlNode node) =>
        node is YamlScalar scalar && _scalars.ReadAs(scalar, ParameterKind.Double) is ConfigurationValue.Number { Value: 1 };

    private void ReportKind(YamlNode node, string argument, DistributionKind kind, string expected) => diagnostics.Report(
        ConfigurationDiagnostics.ArgumentKind, node, argument, DistributionConfiguration.NameOf(kind), expected, node.Description);
}
