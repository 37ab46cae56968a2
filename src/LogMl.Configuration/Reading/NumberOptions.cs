using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>Types a choice between numbers and distributions of numbers, <c>[null, ['qlognormal', 3, 1, 1]]</c>: it is a number.</summary>
internal sealed class NumberOptions(ReadSession session)
{
    private readonly NumericTyping _numbers = new(session.Diagnostics);
    private readonly ScalarReader _scalars = new(session.Diagnostics);
    private readonly TypedReader _typed = new(session.Diagnostics);

    /// <param name="place">The parameter.</param>
    /// <param name="defaultNode">Its default, or null.</param>
    /// <param name="written">The choice.</param>
    /// <param name="options">Its options, of which at least one is a distribution and none is a branch.</param>
    /// <param name="declared">The declared type of the parameter, or null.</param>
    public ParameterConfiguration Read(
        ParameterPlace place, YamlNode? defaultNode, WrittenDistribution written, IReadOnlyList<WrittenOption> options,
        ParameterType? declared)
    {
        var choice = DistributionConfiguration.NameOf(written.Kind!.Value);
        var distributions = options.Select(option => option.Distribution).OfType<WrittenDistribution>().ToList();
        var constants = options.Where(option => option.Distribution is null).Select(option => option.Node).ToList();
        var type = declared ?? TypeOf(distributions, constants, defaultNode);
        var value = defaultNode is null ? null
            : declared is not null ? _typed.ReadDeclared(place.Path, declared, defaultNode, mayBeInfinite: true)
            : _numbers.ReadDefault(place.Path, defaultNode, type.Kind, written.Kind!.Value);
        if (declared is null)
        {
            type = type with { IsNullable = type.IsNullable || value is ConfigurationValue.Null };
        }

        var names = new OptionNames();
        var read = options.Select(option => Read(place, choice, option, type, declared is not null, names)).ToList();
        if (!written.IsSound || read.Contains(null))
        {
            return new ParameterConfiguration(place.Path, type, value, null);
        }

        var distribution = new DistributionConfiguration(
            written.Kind!.Value, default, read.Select(option => option!).ToEquatableArray(), written.Probabilities.ToEquatableArray());
        if (value is not null && !distributions.Exists(option => option.HasDoubtfulBounds))
        {
            DistributionRange.Check(place.Path, defaultNode!, value, distribution, session.Diagnostics);
        }

        return new ParameterConfiguration(place.Path, type, value, distribution);
    }

    private OptionConfiguration? Read(
        ParameterPlace place, string choice, WrittenOption option, ParameterType type, bool isDeclared, OptionNames names)
    {
        if (option.Distribution is { } distribution)
        {
            if (NumericTyping.Contradiction(distribution.Kind!.Value, distribution, type.Kind) is { } contradiction)
            {
                _typed.ReportMismatch(place.Path, type, option.Node, contradiction);
                return null;
            }

            return NumericTyping.Sound(distribution) is { } sound ? new OptionConfiguration.Number(names.Next(sound.Name), sound) : null;
        }

        if (option.Node is YamlScalar notFinite && _scalars.RefusesNotFinite(notFinite))
        {
            return null;
        }

        var value = isDeclared
            ? _typed.ReadDeclared(place.Path, type, option.Node, mayBeInfinite: false)
            : _typed.Read(type, option.Node);
        if (value is not null)
        {
            return new OptionConfiguration.Constant(value);
        }

        if (isDeclared)
        {
            return null;
        }

        session.Diagnostics.Report(
            ConfigurationDiagnostics.OptionKind, option.Node, choice,
            $"a number or null, because another option is a distribution of numbers (the type of '{place.Shown}' is {type.Written})",
            option.Node.Description);
        return null;
    }

    /// <summary>A whole number, when all distributions can give one and something says that one is meant.</summary>
    private static ParameterType TypeOf(List<WrittenDistribution> distributions, List<YamlNode> constants, YamlNode? defaultNode)
    {
        var isNullable = constants.Exists(node => node is YamlScalar { IsNull: true });
        var scalars = (defaultNode is null ? constants : constants.Append(defaultNode))
            .OfType<YamlScalar>().Where(scalar => !scalar.IsNull).ToList();
        var isInteger = distributions.TrueForAll(NumericTyping.CanBeInteger)
            && scalars.TrueForAll(scalar => ScalarReader.Fits(scalar, ParameterKind.Long))
            && (distributions.TrueForAll(distribution => DistributionForm.Of(distribution.Kind!.Value).IsInteger)
                || scalars.Exists(scalar => ScalarReader.NaturalKind(scalar) == ParameterKind.Int));
        var isWide = distributions.Exists(NumericTyping.NeedsLong) || scalars.Exists(scalar =>
            ScalarReader.Natural(scalar) is ConfigurationValue.Integer { Value: < int.MinValue or > int.MaxValue });
        return new ParameterType(
            !isInteger ? ParameterKind.Double : isWide ? ParameterKind.Long : ParameterKind.Int, isNullable);
    }
}
