using LogMl.Configuration.Model;

namespace LogMl.Generator.Inputs;

/// <summary>A workflow of a project, and the names of what is generated for it.</summary>
/// <param name="Name">Its name; empty for the unnamed one.</param>
/// <param name="Project">The project.</param>
/// <param name="HasOthers">Whether the project has other workflows too.</param>
internal sealed record WorkflowIdentity(string Name, ProjectInfo Project, bool HasOthers)
{
    /// <summary>Whether it has a name, and so a namespace of its own.</summary>
    public bool IsNamed => Name.Length > 0;

    /// <summary>The name in the manifest: <c>App</c>, or <c>App.forest</c>.</summary>
    public string FullName => IsNamed ? Project.Name + "." + Name : Project.Name;

    /// <summary>The namespace of the generated types; empty for the global namespace.</summary>
    public string Namespace => !IsNamed ? Project.Namespace
        : Project.Namespace.Length == 0 ? CSharpNameOf(Name)
        : Project.Namespace + "." + CSharpNameOf(Name);

    /// <summary>The class by which programs call it.</summary>
    public string ClassName => IsNamed ? ClassOf(CSharpNameOf(Name)) : Project.WorkflowClass;

    /// <summary>The internal class that runs the steps.</summary>
    public string RunnerName => Project.WorkflowClass + Suffix;

    /// <summary>The internal class that reads parameters from a file.</summary>
    public string FileReaderName => Project.WorkflowClass + "Files" + Suffix;

    /// <summary>
    /// Whether the types of its parameters are visible everywhere in the project. Those of several workflows have the same names, so that
    /// only the unnamed one can have that.
    /// </summary>
    public bool HasAliases => !IsNamed && Namespace.Length > 0;

    /// <summary>What the names of its generated files begin with.</summary>
    public string FilePrefix => IsNamed ? Name + "." : "";

    /// <summary>How messages name it.</summary>
    public string DisplayName => Display(Name);

    /// <summary>Where its steps are, as the end of a clause; empty when there is no other place.</summary>
    public string PlaceOfSteps => IsNamed ? $" in a class with [Workflow(\"{Name}\")]"
        : HasOthers ? " in a class without [Workflow(\"...\")] or with a bare [Workflow]"
        : "";

    private string Suffix => IsNamed ? "_" + CSharpNameOf(Name) : "";

    /// <summary>How messages name a workflow.</summary>
    public static string Display(string name) => name.Length == 0 ? "the unnamed workflow" : $"the workflow '{name}'";

    /// <summary>The last part of the namespace of a workflow.</summary>
    public static string CSharpNameOf(string name) => CSharpNames.ToPascalCase(name)!;

    /// <summary>The class of a workflow with a namespace of its own.</summary>
    public static string ClassOf(string csharpName) => csharpName + "Workflow";
}
