using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>The values of one point, each by its name in the space.</summary>
internal sealed class PointValues(DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, ConfigurationValue> _byName = new(StringComparer.Ordinal);
    private readonly List<SettingConfiguration> _values = [];

    /// <summary>The values in the order in which they were set.</summary>
    public IReadOnlyList<SettingConfiguration> Values => _values;

    /// <summary>Sets a value. One that is set twice to different values is reported.</summary>
    public void Set(string name, ConfigurationValue value, YamlNode node)
    {
        if (!_byName.TryGetValue(name, out var first))
        {
            _byName.Add(name, value);
            _values.Add(new SettingConfiguration(name, value));
        }
        else if (!first.Equals(value))
        {
            diagnostics.Report(
                ConfigurationDiagnostics.PointValue, node, node.Description, YamlScalar.Display(name.Substring(name.IndexOf('.') + 1)),
                "the point sets it twice, to different values");
        }
    }
}
