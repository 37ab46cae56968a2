namespace LogMl.Generator;

/// <summary>The names of the generator's steps, for the tests that prove what is cached.</summary>
public static class TrackingNames
{
    /// <summary>Each YAML file with its content.</summary>
    public const string ConfigurationFiles = nameof(ConfigurationFiles);

    /// <summary>The workflows with the values of their YAML files, without positions.</summary>
    public const string Configuration = nameof(Configuration);

    /// <summary>The branches that the code names, and that a mistake in the YAML hides.</summary>
    public const string HiddenBranches = nameof(HiddenBranches);

    /// <summary>What each workflow is generated from, with the hidden branches and properties.</summary>
    public const string CompletedInputs = nameof(CompletedInputs);

    /// <summary>Each method that is marked as a step, with its positions.</summary>
    public const string MethodSources = nameof(MethodSources);

    /// <summary>All methods that are marked as steps, without positions.</summary>
    public const string Methods = nameof(Methods);

    /// <summary>All methods that are marked as search constraints, without positions.</summary>
    public const string SearchConstraints = nameof(SearchConstraints);

    /// <summary>Each attribute that says to which workflow a class belongs, with its position.</summary>
    public const string WorkflowMarks = nameof(WorkflowMarks);

    /// <summary>What each workflow is generated from, without positions.</summary>
    public const string Inputs = nameof(Inputs);

    /// <summary>Name and root namespace of the project.</summary>
    public const string Project = nameof(Project);

    /// <summary>The project's own types that collide with generated ones, with their positions.</summary>
    public const string OwnTypeSources = nameof(OwnTypeSources);

    /// <summary>The project's own types that collide with generated ones, without positions.</summary>
    public const string OwnTypes = nameof(OwnTypes);

    /// <summary>A referenced assembly that has steps, for a project without steps.</summary>
    public const string StepsElsewhere = nameof(StepsElsewhere);

    /// <summary>The parameter records.</summary>
    public const string Parameters = nameof(Parameters);

    /// <summary>The names of the generated types of all workflows.</summary>
    public const string AllTypes = nameof(AllTypes);

    /// <summary>What reads the parameter records from a file at run time.</summary>
    public const string Loader = nameof(Loader);

    /// <summary>Each file of parameters that is compiled in.</summary>
    public const string BestFiles = nameof(BestFiles);

    /// <summary>The values of the file that is compiled in, without positions.</summary>
    public const string Best = nameof(Best);

    /// <summary>The constants of the sections dataset and model.</summary>
    public const string Settings = nameof(Settings);

    /// <summary>The workflow and the diagnostics of the steps, without positions.</summary>
    public const string Plan = nameof(Plan);

    /// <summary>The workflow alone.</summary>
    public const string Workflow = nameof(Workflow);

    /// <summary>The class by which programs call the workflow.</summary>
    public const string WorkflowClass = nameof(WorkflowClass);

    /// <summary>All diagnostics, with positions.</summary>
    public const string Diagnostics = nameof(Diagnostics);
}
