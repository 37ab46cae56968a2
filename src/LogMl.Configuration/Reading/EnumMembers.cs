using LogMl.Configuration.Model;

namespace LogMl.Configuration.Reading;

/// <summary>Which texts can be the members of one enum.</summary>
internal static class EnumMembers
{
    /// <summary>A name: letters, digits, underscores and hyphens.</summary>
    public static bool IsName(string text) => text.All(c => c is not (' ' or '.')) && CSharpNames.ToPascalCase(text) is not null;

    /// <summary>The first of several different texts that keeps them from being an enum, and why; null when nothing does.</summary>
    public static (string Text, string Reason)? Obstacle(IEnumerable<string> texts)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            if (!IsName(text))
            {
                return (text, $"'{Yaml.YamlScalar.Shown(text)}' is not a name of letters, digits, '_' and '-'");
            }

            var member = CSharpNames.ToPascalCase(text)!;
            if (members.TryGetValue(member, out var first))
            {
                return (text, $"'{Yaml.YamlScalar.Shown(first)}' and '{Yaml.YamlScalar.Shown(text)}' would both be the member '{member}'");
            }

            members.Add(member, text);
        }

        return null;
    }
}
