using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;
using LogMl.Shared;

namespace LogMl.Configuration.Reading;

/// <summary>Reads the section <c>hyper_parameter_optimization</c>, except the content of its <c>space</c>.</summary>
internal sealed class OptimizationReader(ReadSession session)
{
    public const string Section = "hyper_parameter_optimization";
    private const int DefaultMaxEvals = 100;

    private readonly ScalarReader _scalars = new(session.Diagnostics);

    public AlgorithmReader Algorithm { get; } = new(session);

    public PrunerReader Pruner { get; } = new(session);

    public StoppingReader Stopping { get; } = new(session);

    public TrialLimitsReader Limits { get; } = new(session);

    /// <summary>The settings, and the nodes of <c>space</c> and <c>points_to_evaluate</c> (null when there is none).</summary>
    public (OptimizationConfiguration Settings, YamlNode? Space, YamlNode? Points) Read(YamlNode node)
    {
        var settings = new OptimizationConfiguration(true, Algorithms.Default, DefaultMaxEvals, null, true);
        YamlNode? space = null;
        YamlNode? points = null;
        var entries = MappingEntries.Of(node, $"'{Section}'", session.Diagnostics);
        foreach (var (written, key, value) in entries)
        {
            session.Mark($"{Section}.{written}", key);
            if ((IsKey(written) ? written : MeantBy(written, key, entries)) is not { } name)
            {
                continue;
            }

            if (name == OptimizationKeys.Space)
            {
                session.Mark(OptimizationKeys.Space, key);
                space = value;
            }
            else if (name == OptimizationKeys.Points)
            {
                points = value;
            }
            else
            {
                MappingEntries.ReportTag(value, session.Diagnostics);
                settings = value is YamlScalar { IsNull: true } ? settings : OptimizationKeys.Find(name).Read!(this, settings, name, value);
            }
        }

        return (settings, space, points);
    }

    public static bool IsKey(string name) => OptimizationKeys.Names.Contains(name);

    /// <summary>
    /// Reports an unknown key. Returns the key that is read in its place; null when that is unknown, or is in the file too.
    /// </summary>
    private string? MeantBy(string name, YamlScalar key, IReadOnlyList<MappingEntry> entries)
    {
        var synonym = ForeignKeys.SynonymOf(name);
        var advice = (synonym is null ? ForeignKeys.AdviceFor(name) : $"write '{synonym}'") is { } words
            ? "; " + words
            : session.Diagnostics.Choices(name, OptimizationKeys.Names);
        var meant = synonym ?? session.Diagnostics.Nearest(name, OptimizationKeys.Names);
        session.Diagnostics.Report(ConfigurationDiagnostics.UnknownOptimizationKey, key, YamlScalar.Display(name), advice);
        return entries.Any(entry => entry.Name == meant) ? null : meant;
    }

    /// <summary>A value that is true or false, or null after a report.</summary>
    public bool? ReadBool(string key, YamlNode value)
    {
        if (value is YamlScalar scalar && _scalars.ReadAs(scalar, ParameterKind.Bool) is ConfigurationValue.Bool truth)
        {
            return truth.Value;
        }

        session.Diagnostics.Report(ConfigurationDiagnostics.WrongKindOfValue, value, $"'{key}'", "true or false", value.Description);
        return null;
    }

    public int? ReadMaxEvals(YamlNode value)
    {
        if (ReadInteger("max_evals", value) is not { } count)
        {
            return null;
        }

        if (count is >= 1 and <= int.MaxValue)
        {
            return (int)count;
        }

        var expected = count < 1 ? "at least 1" : "at most 2147483647";
        session.Diagnostics.Report(ConfigurationDiagnostics.SettingOutOfRange, value, "max_evals", expected, ((YamlScalar)value).Text);
        return null;
    }

    public long? ReadInteger(string key, YamlNode value)
    {
        if (value is YamlScalar scalar)
        {
            if (_scalars.RefusesNotFinite(scalar))
            {
                return null;
            }

            if (_scalars.ReadAs(scalar, ParameterKind.Long) is ConfigurationValue.Integer integer)
            {
                return integer.Value;
            }
        }

        session.Diagnostics.Report(ConfigurationDiagnostics.WrongKindOfValue, value, $"'{key}'", "a whole number", value.Description);
        return null;
    }
}
