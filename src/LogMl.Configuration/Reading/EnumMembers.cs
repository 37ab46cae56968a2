using LogMl.Configuration.Model;

namespace LogMl.Configuration.Reading;

/// <summary>Decides whether texts can be the members of an enum.</summary>
internal static class EnumMembers
{
    /// <summary>A name: letters, digits, underscores and hyphens, with a letter before the first digit.</summary>
    public static bool IsName(string text) => text.All(c => c is not (' ' or '.')) && CSharpNames.ToPascalCase(text) is not null;

    /// <summary>Why a text is not a name, to stand after it: <c>does not begin with a letter</c>.</summary>
    public static string ReasonAgainst(string text) =>
        text.Length > 0 && text.All(c => c is '_' or '-' || (c < 128 && char.IsDigit(c)) || char.IsLetter(c))
            && CSharpNames.ToPascalCase("a" + text) is not null
            ? "does not begin with a letter"
            : "is not a name of letters, digits, '_' and '-'";

    /// <summary>The first of several different texts that cannot be a member, and why; null when all can.</summary>
    public static (string Text, string Reason)? Obstacle(IEnumerable<string> texts)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            if (!IsName(text))
            {
                return (text, $"'{Yaml.YamlScalar.Display(text)}' {ReasonAgainst(text)}");
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
