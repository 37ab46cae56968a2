using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>Reads which option the default of a choice with branches names.</summary>
internal sealed class BranchDefault(ReadSession session)
{
    private readonly TypedReader _typed = new(session.Diagnostics);

    /// <summary>The option that is the default; null after a report.</summary>
    /// <param name="place">The choice.</param>
    /// <param name="node">The default.</param>
    /// <param name="names">The options that are branches.</param>
    /// <param name="hasNumbers">Whether an option is a number.</param>
    /// <param name="declared">The declared type, or null.</param>
    public Chosen? Read(
        ParameterPlace place, YamlNode node, IReadOnlyList<string> names, bool hasNumbers, ParameterType? declared)
    {
        switch (node)
        {
            case YamlScalar { IsNull: true } when declared is null or { IsNullable: true }:
                return new Chosen.Nothing();
            case YamlScalar scalar when hasNumbers && NumberOf(scalar) is { } number:
                return new Chosen.Number(scalar, number);
            case YamlScalar { IsNull: false } scalar when ScalarReader.NaturalKind(scalar) == ParameterKind.String:
            case YamlMapping:
                return BranchShape.Of(node, session.Diagnostics) is { } branch ? Find(place, branch, names) : null;
        }

        var expected = "the name of an option, or a mapping with that key" + (hasNumbers ? ", or a number" : "");
        if (declared is not null)
        {
            _typed.ReportMismatch(place.Path, declared, node, $"{node.Description} is not {expected}");
        }
        else
        {
            session.Diagnostics.Report(
                ConfigurationDiagnostics.DefaultKind, node, place.Shown, expected,
                DistributionConfiguration.NameOf(DistributionKind.Choice), node.Description);
        }

        return null;
    }

    private Chosen.Branch? Find(ParameterPlace place, BranchShape branch, IReadOnlyList<string> names)
    {
        if (names.Contains(branch.Name))
        {
            session.Mark(place.Option(branch.Name).InFunctions, branch.Key);
            return new Chosen.Branch(branch.Name, branch.Key, branch.Parameters);
        }

        session.Diagnostics.Report(
            ConfigurationDiagnostics.UnknownBranch, branch.Key, YamlScalar.Display(branch.Name), $"an option of '{place.Shown}'",
            session.Diagnostics.Choices(branch.Name, names));
        return null;
    }

    private static double? NumberOf(YamlScalar scalar) => ScalarReader.Natural(scalar) switch
    {
        ConfigurationValue.Integer { Value: var integer } => integer,
        ConfigurationValue.Number { Value: var number } => number,
        _ => null,
    };

    /// <summary>An option.</summary>
    public abstract record Chosen
    {
        private Chosen()
        {
        }

        /// <summary>Null.</summary>
        public sealed record Nothing : Chosen;

        /// <summary>A number.</summary>
        public sealed record Number(YamlScalar Node, double Value) : Chosen;

        /// <summary>A branch, with the parameters that it sets.</summary>
        public sealed record Branch(string Name, YamlScalar Key, IReadOnlyList<MappingEntry> Parameters) : Chosen;
    }
}
