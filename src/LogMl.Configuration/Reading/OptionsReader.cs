using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;
using LogMl.Shared;

namespace LogMl.Configuration.Reading;

/// <summary>Reads settings of a search, and options of a sampler, a pruner or a stopping criterion, by their rules.</summary>
internal sealed class OptionsReader(ReadSession session)
{
    public const string Name = "name";

    private readonly ScalarReader _scalars = new(session.Diagnostics);

    /// <summary>The entry <c>name</c> of a mapping, or null after a report.</summary>
    public YamlNode? NameOf(IReadOnlyList<MappingEntry> entries, YamlNode mapping, string owner)
    {
        foreach (var entry in entries)
        {
            if (entry.Name == Name)
            {
                return entry.Value;
            }
        }

        session.Diagnostics.Report(ConfigurationDiagnostics.OptionConflict, mapping, $"the mapping of '{owner}' needs the key '{Name}'");
        return null;
    }

    /// <summary>The valid options that have a value. Wrong ones are reported.</summary>
    /// <param name="entries">The entries of the mapping; <c>name</c> is passed over.</param>
    /// <param name="owner">The owner of the options, for messages.</param>
    /// <param name="rules">The options that exist.</param>
    /// <param name="others">Keys that are read elsewhere.</param>
    public EquatableArray<SettingConfiguration> Read(
        IEnumerable<MappingEntry> entries, string owner, OptionRule[] rules, params string[] others)
    {
        var options = new List<SettingConfiguration>();
        foreach (var (name, key, value) in entries)
        {
            if (name == Name || others.Contains(name))
            {
                continue;
            }

            if (Array.Find(rules, known => known.Name == name) is not { } rule)
            {
                string[] names = [.. rules.Select(known => known.Name), .. others];
                var choices = names.Length == 0 ? ", which has none" : session.Diagnostics.Choices(name, names);
                session.Diagnostics.Report(ConfigurationDiagnostics.UnknownOption, key, YamlScalar.Display(name), owner, choices);
            }
            else if (value is not YamlScalar { IsNull: true } && ReadValue(rule, value) is { } read)
            {
                options.Add(new SettingConfiguration(name, read));
            }
        }

        return options.ToEquatableArray();
    }

    /// <summary>The value of one option, or null after a report.</summary>
    public ConfigurationValue? ReadValue(OptionRule rule, YamlNode value)
    {
        MappingEntries.ReportTag(value, session.Diagnostics);
        if (value is YamlScalar scalar)
        {
            if (rule.Kind is OptionKind.Integer or OptionKind.Long or OptionKind.Number && _scalars.RefusesNotFinite(scalar))
            {
                return null;
            }

            if (ReadScalar(rule, scalar) is { } read)
            {
                return Check(rule, scalar, read);
            }
        }

        session.Diagnostics.Report(ConfigurationDiagnostics.WrongKindOfValue, value, $"'{rule.Name}'", rule.Expected, value.Description);
        return null;
    }

    /// <summary>The number of an option, null when it is not set.</summary>
    public static double? NumberOf(EquatableArray<SettingConfiguration> options, string name) =>
        options.FirstOrDefault(option => option.Name == name)?.Value switch
        {
            ConfigurationValue.Integer integer => integer.Value,
            ConfigurationValue.Number number => number.Value,
            _ => null,
        };

    private ConfigurationValue? Check(OptionRule rule, YamlScalar scalar, ConfigurationValue value)
    {
        var isRight = value switch
        {
            ConfigurationValue.Integer integer => rule.Allows(integer.Value),
            ConfigurationValue.Number number => rule.Allows(number.Value),
            ConfigurationValue.Text text => rule.Words.Contains(text.Value),
            _ => true,
        };
        if (isRight)
        {
            return value;
        }

        var expected = value is ConfigurationValue.Integer { Value: var integral } ? rule.ExpectedFor(integral) : rule.Expected;
        var suggestion = session.Diagnostics.Suggest(scalar.Text, rule.Words);
        session.Diagnostics.Report(
            ConfigurationDiagnostics.SettingOutOfRange, scalar, rule.Name, expected, YamlScalar.Display(scalar.Text) + suggestion);
        return null;
    }

    private ConfigurationValue? ReadScalar(OptionRule rule, YamlScalar scalar) => rule.Kind switch
    {
        OptionKind.Integer or OptionKind.Long => _scalars.ReadAs(scalar, ParameterKind.Long),
        OptionKind.Number => _scalars.ReadAs(scalar, ParameterKind.Double),
        OptionKind.Flag => _scalars.ReadAs(scalar, ParameterKind.Bool),

        // Not as a number: YAML 1.1 reads 1:10:00 as 4200, YAML 1.2 as text.
        OptionKind.Time or OptionKind.Memory => rule.Read(scalar.Text) is { } value ? ConfigurationValue.Of(value) : null,
        _ => _scalars.ReadAs(scalar, ParameterKind.String),
    };
}
