using LogMl.Configuration.Model;

namespace LogMl.Configuration.Reading;

/// <summary>Decides whether texts can be the members of an enum.</summary>
internal static class EnumMembers
{
    /// <summary>A name: letters, digits, underscores and hyphens.</summary>
    public static bool IsName(string text) => text.All(c => c is not (' ' or '.')) && CSharpNames.ToPascalCase(text) is not null;

    /// <summary>The first of several different texts that cannot be a member, and why; null when all can.</summary>
    public static (string Text, string Reason)? Obstacle(IEnumerable<string> texts)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            if (!IsName(text))
            {
                return (text, $"'{Yaml.YamlScalar.Display(text)}' is not a name of letters, digits, '_' and '-'");
            }

            var member = CSharpNames.ToPascalCase(text)!;
            if (members.TryGetValue(member, out var first))
            {
                return (text, $"'{Yaml.YamlScalar.Display(first)}' and '{Yaml.YamlScalar.Display(text)}' would both be the member "
                    + $"'{member}'");
            }

            members.Add(member, text);
        }

        return null;
    }
}
