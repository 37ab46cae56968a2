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
    /// <param name="known">The options.</param>
    /// <param name="declared">The declared type, or null.</param>
    public Chosen? Read(ParameterPlace place, YamlNode node, KnownOptions known, ParameterType? declared)
    {
        var hasNumbers = known.Numbers.Count > 0;
        switch (node)
        {
            case YamlScalar { IsNull: true } when declared is null or { IsNullable: true }:
                return new Chosen.Nothing();
            case YamlScalar scalar when hasNumbers && NumberOf(scalar) is { } number:
                return new Chosen.Number(scalar, number, null);
            case YamlMapping { Pairs: [{ Key: YamlScalar name, Value: YamlScalar value }] }
                when known.Numbers.Contains(name.Text) && NumberOf(value) is { } named:
                return new Chosen.Number(value, named, name.Text);
            case YamlScalar { IsNull: false } scalar when ScalarReader.NaturalKind(scalar) == ParameterKind.String:
            case YamlMapping:
                return BranchShape.OfValue(node, session, known.Branches) is { } branch ? Find(place, branch, known) : null;
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

    private Chosen.Branch? Find(ParameterPlace place, BranchShape branch, KnownOptions known)
    {
        var mayBeHidden = !known.IsComplete && ParameterNames.ProblemOfOption(place, branch.Name) is null;
        if (known.Branches.Contains(branch.Name) || mayBeHidden)
        {
            session.Mark(place.Option(branch.Name).InFunctions, branch.Key);
            return new Chosen.Branch(branch.Name, branch.Key, branch.Parameters);
        }

        if (!known.IsComplete)
        {
            return null;
        }

        session.Diagnostics.Report(
            ConfigurationDiagnostics.UnknownBranch, branch.Key, YamlScalar.Display(branch.Name), $"an option of '{place.Shown}'",
            session.Diagnostics.Choices(branch.Name, known.Branches));
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

        /// <summary>A number; where it says which option it is one of, with the name of that.</summary>
        public sealed record Number(YamlScalar Node, double Value, string? Name) : Chosen;

        /// <summary>A branch, with the parameters that it sets.</summary>
        public sealed record Branch(string Name, YamlScalar Key, IReadOnlyList<MappingEntry> Parameters) : Chosen;
    }
}
