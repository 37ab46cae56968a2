using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>Reads the sections <c>dataset</c> and <c>model</c>: any key, any scalar or list of scalars.</summary>
internal sealed class SettingsReader(ReadSession session)
{
    private readonly ScalarReader _scalars = new(session.Diagnostics);

    public EquatableArray<SettingConfiguration> Read(string section, YamlNode node)
    {
        var settings = new List<SettingConfiguration>();
        foreach (var (name, key, value) in MappingEntries.Of(node, $"'{section}'", session.Diagnostics))
        {
            session.Cancellation.ThrowIfCancellationRequested();
            session.Mark($"{section}.{name}", key);
            if (ReadValue(value) is { } setting)
            {
                settings.Add(new SettingConfiguration(name, setting));
            }
            else
            {
                session.Diagnostics.Report(ConfigurationDiagnostics.UnusedSection, key, $"{section}.{YamlScalar.Display(name)}");
            }
        }

        return settings.ToEquatableArray();
    }

    private ConfigurationValue? ReadValue(YamlNode node)
    {
        MappingEntries.ReportTag(node, session.Diagnostics);
        switch (node)
        {
            case YamlScalar scalar:
                return ReadScalar(scalar);
            case YamlSequence list when list.Items.All(item => item is YamlScalar):
                return new ConfigurationValue.List(list.Items.Cast<YamlScalar>().Select(ReadScalar).ToEquatableArray());
            default:
                return null;
        }
    }

    private ConfigurationValue ReadScalar(YamlScalar scalar)
    {
        if (scalar.IsPlain && _scalars.Refuses(scalar))
        {
            return new ConfigurationValue.Null();
        }

        if (ScalarReader.IsAmbiguous(scalar))
        {
            _scalars.WarnAmbiguous(scalar);
        }

        return ScalarReader.Natural(scalar);
    }
}
