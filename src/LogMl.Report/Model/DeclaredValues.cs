using LogMl.Shared;

namespace LogMl.Report.Model;

/// <summary>Finds the places in a <c>functions:</c> section of what is declared there.</summary>
internal static class DeclaredValues
{
    /// <summary>The declared values, each in its step or branch.</summary>
    public static IReadOnlyList<DeclaredModel> Of(IReadOnlyDictionary<string, string> values, IReadOnlyList<ParameterModel> parameters) =>
        [.. values.Select(value => InBranch(value.Key, value.Value, parameters) ?? InStep(value.Key, value.Value))];

    /// <summary>The declared types, by step.</summary>
    public static IReadOnlyList<DeclaredModel> Types(IReadOnlyDictionary<string, string> types) =>
        [.. types.Select(type => InStep(type.Key, type.Value))];

    private static DeclaredModel InStep(string name, string yaml)
    {
        var (step, key) = ParameterList.Split(name);
        return new DeclaredModel(step is null ? null : YamlText.Of(step), YamlText.Of(key), yaml);
    }

    /// <summary>The innermost branch whose path begins the name.</summary>
    private static DeclaredModel? InBranch(string name, string yaml, IReadOnlyList<ParameterModel> parameters) =>
        (from choice in parameters.Select((parameter, i) => (parameter, i))
         where choice.parameter is { IsSearched: true, Options: not null }
         from option in choice.parameter.Options!.Select((option, j) => (option.Label, j))
         let branch = $"{choice.parameter.Name}.{option.Label}."
         where name.StartsWith(branch, StringComparison.Ordinal)
         orderby branch.Length descending
         select new DeclaredModel(null, YamlText.Of(name[branch.Length..]), yaml, choice.i, option.j)).FirstOrDefault();
}
