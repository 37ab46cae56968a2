using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Inputs;
using LogMl.Generator.Model;

namespace LogMl.Generator.Parameters;

/// <summary>The parameter records of a workflow.</summary>
/// <param name="Records">A record for each step that has parameters, or whose method takes the record.</param>
/// <param name="Workflow">The workflow.</param>
/// <param name="All">
/// The names that WorkflowParameters depends on; null when it is not generated. A workflow with steps has it, if only to be called with.
/// </param>
/// <param name="IsIncomplete">Whether types of the project prevent the generation of something. They have been reported.</param>
internal sealed record ParameterModel(
    EquatableArray<StepParameters> Records, WorkflowIdentity Workflow, AllParameters? All, bool IsIncomplete)
{
    /// <summary>The steps that the YAML switches off.</summary>
    public EquatableArray<string> Disabled { get; init; }

    /// <summary>Whether nothing of the project is in the place of the class by which programs call the workflow.</summary>
    public bool HasWorkflowClass { get; init; }

    /// <summary>Whether nothing of the project is in the place of <c>WorkflowParameters.Load</c>.</summary>
    public bool HasLoad { get; init; }

    /// <summary>Whether nothing of the project is in the place of <c>WorkflowParameters.Best</c>.</summary>
    public bool HasBest { get; init; }

    public static ParameterModel Of(
        WorkflowConfiguration configuration, EquatableArray<StepMethod> methods, WorkflowIdentity workflow,
        EquatableArray<OwnType> ownTypes, EquatableArray<HiddenProperty> hidden = default)
    {
        if (ownTypes.Any(own => own.IsNamespace))
        {
            return new ParameterModel(default, workflow, null, IsIncomplete: true);
        }

        var taken = StepMethods.PossiblyGeneratedTypes(methods, workflow);
        var missing = new HashSet<string>(
            methods.SelectMany(method => method.Parameters).Where(parameter => parameter.Type.IsUnknown)
                .Select(parameter => parameter.Type.ShortName.TrimEnd('?')),
            StringComparer.Ordinal);
        var isPublic = StepMethods.ArePublic(methods);
        var records = StepParameters.Of(configuration, taken, workflow, isPublic)
            .Where(record => !IsTaken(record.RecordName))
            .Select(record => record with
            {
                Properties = PropertiesOf(record.RecordName, record.Properties),
                Hidden = HiddenIn(record.RecordName, record.Properties),
            })
            .ToEquatableArray();
        var all = new AllParameters(
            workflow,
            isPublic,
            records.Where(record => ownTypes.All(own => own.Name != record.RecordName || own.Member is not null))
                .Select(record => record.Step)
                .Where(step => !HasMember(GeneratedNames.AllRecords, CSharpNames.ToPascalCase(step)!))
                .ToEquatableArray());
        var hasAll = (!records.IsEmpty || !methods.IsEmpty) && !IsTaken(GeneratedNames.AllRecords);
        return new ParameterModel(records, workflow, hasAll ? all : null, !ownTypes.IsEmpty)
        {
            Disabled = configuration.Steps.Where(step => !step.Enabled).Select(step => step.Name).ToEquatableArray(),
            HasWorkflowClass = ownTypes.All(own => own.Name != workflow.ClassName),
            HasLoad = !HasMember(GeneratedNames.AllRecords, GeneratedNames.Load),
            HasBest = !HasMember(GeneratedNames.AllRecords, GeneratedNames.Best),
        };

        bool IsTaken(string type) => ownTypes.Any(own => own.Name == type && !own.IsPart);
        bool IsEnum(string type) => ownTypes.Where(own => own.Name == type).All(own => own.IsEnum && (own.IsPublic || !isPublic));
        bool HasMember(string type, string member) => ownTypes.Any(own => own.Name == type && own.Member == member);
        EquatableArray<string> HiddenIn(string record, EquatableArray<ParameterProperty> properties) => hidden
            .Where(use => use.Record == record && !HasMember(record, use.Name) && properties.All(property => property.Name != use.Name))
            .Select(use => use.Name)
            .ToEquatableArray();
        EquatableArray<ParameterProperty> PropertiesOf(string record, EquatableArray<ParameterProperty> properties) =>
            properties.Where(property => !HasMember(record, property.Name)).Select(WithTypeState).ToEquatableArray();
        ParameterProperty WithTypeState(ParameterProperty property) => property with
        {
            TypeName = property.GeneratedType is { } name && IsTaken(name) && !(property.EnumName is not null && IsEnum(name))
                ? "object"
                : property.TypeName,
            IsTypeTaken = property.GeneratedType is { } type && IsTaken(type),
            IsEnumLost = property.Parameter.Type.Kind == ParameterKind.String
                && missing.Contains(property.PossibleEnumName),
            Branches = property.Branches is { } hierarchy ? BranchesOf(hierarchy) : null,
        };
        bool IsAbstract(BranchHierarchy hierarchy, BranchRecord branch) =>
            ownTypes.Any(own => own.Name == hierarchy.Name && own.Abstract.Contains(branch.Name));
        bool IsUnmade(string type) => ownTypes.Any(own => own.Name == type && own.IsUnmade);
        BranchHierarchy BranchesOf(BranchHierarchy hierarchy) => hierarchy with
        {
            HasMatch = !HasMember(hierarchy.Name, GeneratedTypeNames.Match),
            HasConstructor = !IsUnmade(hierarchy.Name),
            Branches = hierarchy.Branches.Where(branch => !HasMember(hierarchy.Name, branch.Name))
                .Select(branch => branch with
                {
                    Properties = PropertiesOf(hierarchy.Name + "." + branch.Name, branch.Properties),
                    Hidden = HiddenIn(hierarchy.Name + "." + branch.Name, branch.Properties),
                    HasInstance = !HasMember(hierarchy.Name + "." + branch.Name, GeneratedTypeNames.Instance),
                    IsAbstract = IsAbstract(hierarchy, branch),
                    IsUnmade = IsAbstract(hierarchy, branch) || IsUnmade(hierarchy.Name)
                        || IsUnmade(hierarchy.Name + "." + branch.Name)
                        || HasMember(hierarchy.Name + "." + branch.Name, GeneratedTypeNames.Instance),
                })
                .ToEquatableArray(),
        };
    }
}

/// <summary>The record that has the records of all steps.</summary>
/// <param name="Workflow">The workflow that has the steps.</param>
/// <param name="IsPublic">Whether other projects can see it.</param>
/// <param name="Steps">The steps that have a record.</param>
internal sealed record AllParameters(WorkflowIdentity Workflow, bool IsPublic, EquatableArray<string> Steps)
{
    /// <summary>The namespace; empty for the global one.</summary>
    public string Namespace => Workflow.Namespace;
}
