using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>A parameter, or an option of one, in its step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Path">The path below the step: <c>classifier</c>, or <c>classifier.svm.c</c> in a branch.</param>
/// <param name="Name">The last part of the path. It may have dots itself.</param>
internal sealed record ParameterPlace(string Step, string Path, string Name)
{
    /// <summary>The branch that it is a parameter of; null for a parameter of the step itself, and for an option.</summary>
    public ParameterPlace? Branch { get; init; }

    /// <summary>The path for messages.</summary>
    public string Shown => YamlScalar.Display(Path);

    /// <summary>The path of its default in the source map.</summary>
    public string InFunctions => $"functions.{Step}.{Path}";

    /// <summary>The path of its distribution in the source map.</summary>
    public string InSpace => $"space.{Step}.{Path}";

    /// <summary>A parameter of a step.</summary>
    public static ParameterPlace Of(string step, string name) => new(step, name, name);

    /// <summary>An option of the choice at this place.</summary>
    public ParameterPlace Option(string name) => new(Step, Path + "." + name, name);

    /// <summary>A parameter of the branch at this place.</summary>
    public ParameterPlace Parameter(string name) => new(Step, Path + "." + name, name) { Branch = this };
}
