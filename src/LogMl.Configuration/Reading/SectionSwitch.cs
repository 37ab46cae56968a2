using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;
using LogMl.Shared.Parameters;

namespace LogMl.Configuration.Reading;

/// <summary>The key <c>enable</c> of a section whose other keys are not read.</summary>
/// <param name="Key">The key.</param>
/// <param name="IsOn">Its value.</param>
internal sealed record SectionSwitch(YamlScalar Key, bool IsOn)
{
    /// <summary>The switch of a section, or null when it has none, or one that is neither true nor false.</summary>
    public static SectionSwitch? Of(YamlNode section)
    {
        if (section is not YamlMapping mapping)
        {
            return null;
        }

        foreach (var (key, value) in mapping.Pairs)
        {
            if (key is YamlScalar { Text: StepKeys.Enable } name && value is YamlScalar scalar && TruthOf(scalar.Text) is { } isOn)
            {
                return new SectionSwitch(name, isOn);
            }
        }

        return null;
    }

    private static bool? TruthOf(string text) =>
        ((Yaml12Scalars.Read(text) as ConfigurationValue.Bool) ?? (Yaml11Scalars.Read(text) as ConfigurationValue.Bool))?.Value;
}
