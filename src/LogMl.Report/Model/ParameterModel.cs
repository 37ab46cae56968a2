namespace LogMl.Report.Model;

/// <summary>A parameter.</summary>
internal sealed record ParameterModel
{
    /// <summary>Its full name.</summary>
    public required string Name { get; init; }

    /// <summary>The step in YAML; null for a parameter of a branch, and for a name without a step.</summary>
    public string? Step { get; init; }

    /// <summary>Its name in the step or the branch, in YAML.</summary>
    public required string Key { get; init; }

    /// <summary>Whether the search has it now. Other trials of the study may have had others.</summary>
    public required bool IsSearched { get; init; }

    /// <summary>Whether its values are integers.</summary>
    public bool IsInteger { get; init; }

    /// <summary>Whether its logarithm is searched.</summary>
    public bool IsLog { get; init; }

    /// <summary>The least value; null when it is not bounded.</summary>
    public double? Low { get; init; }

    /// <summary>The greatest value; null when it is not bounded.</summary>
    public double? High { get; init; }

    /// <summary>The index of the choice to whose branch it belongs; -1 for none.</summary>
    public int Parent { get; init; } = -1;

    /// <summary>The option with the branch; -1 for none.</summary>
    public int ParentOption { get; init; } = -1;

    /// <summary>Whether it is the value of the option itself, which is a number.</summary>
    public bool IsOptionItself { get; init; }

    /// <summary>The options; null for a number.</summary>
    public IReadOnlyList<OptionModel>? Options { get; init; }
}

/// <summary>An option of a choice.</summary>
/// <param name="Label">The option for people.</param>
/// <param name="Yaml">The option in YAML.</param>
internal sealed record OptionModel(string Label, string Yaml);
