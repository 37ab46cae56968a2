using LogMl.Configuration;
using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;

namespace LogMl.Generator.Diagnostics;

/// <summary>The table of the diagnostics that need both the YAML and the methods.</summary>
public static class StepDiagnostics
{
    private const string Category = "LogMl.Steps";

    internal static readonly DiagnosticDefinition UnknownStep = Error("LOGML0101", "Unknown step",
        "'{0}' is not a workflow step{1}");

    internal static readonly DiagnosticDefinition DuplicateStep = Error("LOGML0102", "Two methods for one step",
        "Step '{0}' is already '{1}'; a step is one method, or one for each branch of a choice");

    internal static readonly DiagnosticDefinition UnboundParameter = Error("LOGML0103", "Parameter that nothing can bind",
        "Nothing in step '{0}' can be bound to '{1}' of type '{2}'{3} are: {4}");

    internal static readonly DiagnosticDefinition StepMismatch = Error("LOGML0104", "Steps that do not fit together",
        "'{0}' takes '{1}' as '{2}', but '{3}' gives '{4}'");

    internal static readonly DiagnosticDefinition WrongResult = Error("LOGML0105", "Wrong result of a step",
        "'{0}' gives '{1}'; step '{2}' must give {3}");

    internal static readonly DiagnosticDefinition MissingEvaluate = Error("LOGML0106", "No step gives the loss",
        "Nothing can be optimized: {0}");

    internal static readonly DiagnosticDefinition SpaceWithoutMethod = Error("LOGML0107", "Search space of a step without method",
        "The space has parameters of step '{0}', but no method{1} is marked with [WorkflowStep(\"{0}\")]");

    internal static readonly DiagnosticDefinition FunctionWithoutMethod = Warning("LOGML0108", "Parameters of a step without method",
        "'functions' has parameters of step '{0}', but no method{1} is marked with [WorkflowStep(\"{0}\")]");

    internal static readonly DiagnosticDefinition UnusedParameter = Warning("LOGML0109", "Parameter that no method takes",
        "'{0}' is a parameter of step '{1}', but '{2}' takes neither '{3}' nor a parameter named '{4}'");

    internal static readonly DiagnosticDefinition DisabledStepInSpace = Warning("LOGML0110", "Search space of a disabled step",
        "'{0}' is not searched: step '{1}' is disabled in 'functions'");

    internal static readonly DiagnosticDefinition WrongParameterType = Error("LOGML0111", "Parameter of another type than its values",
        "'{0}' is of type '{1}', which cannot hold every value of '{2}': {3}");

    internal static readonly DiagnosticDefinition OtherStepsRecord = Error("LOGML0112", "Parameters of another step",
        "'{0}' has the parameters of step '{1}'; a method of step '{2}' takes '{3}', or WorkflowParameters for those of all steps");

    internal static readonly DiagnosticDefinition InaccessibleMethod = Error("LOGML0113", "Method that generated code cannot call",
        "'{0}' cannot be a step: {1}");

    internal static readonly DiagnosticDefinition UnsupportedMethod = Error("LOGML0114", "Method of an unsupported form",
        "'{0}' cannot be a step: {1}");

    internal static readonly DiagnosticDefinition NoInstance = Error("LOGML0115", "Class that cannot be created",
        "'{0}' is an instance method, but a '{1}' cannot be created: {2}");

    internal static readonly DiagnosticDefinition SeveralConfigurations = Error("LOGML0116", "More than one configuration",
        "The project has more than one configuration of the unnamed workflow; '{0}' is used");

    internal static readonly DiagnosticDefinition NoSplit = Warning("LOGML0117", "Data set that is not split",
        "'{0}' gives '{1}', which only a method of step 'dataset_split' can split; "
        + "the whole data set is used for training and for validation "
        + "(if that is meant, write dataset_split: {{ enable: false }} below 'functions')");

    internal static readonly DiagnosticDefinition ImpossibleShare = Error("LOGML0118", "Impossible share of the rows",
        "'{0}' cannot be a share of the rows: {1}");

    internal static readonly DiagnosticDefinition NoValidationPart = Warning("LOGML0119", "No validation part",
        "'split_validate' {0} 0: the loss is that of the rows that a trial is trained on, as in Log(ML), and says little about other rows");

    internal static readonly DiagnosticDefinition SectionWithoutStep = Warning("LOGML0120", "Enabled section without a step",
        "'{0}' is enabled, but its settings are not used: mark a method{1} with [WorkflowStep(\"{0}\")] that does it, "
        + "or disable the section");

    internal static readonly DiagnosticDefinition WrongWorkflowName = Error("LOGML0121", "Name that a workflow cannot have",
        "'{0}' cannot be the name of a workflow: {1}; set Name of the item LogMlWorkflow");

    internal static readonly DiagnosticDefinition UnknownWorkflow = Error("LOGML0122", "Unknown workflow",
        "The project has no workflow '{0}'{1}");

    internal static readonly DiagnosticDefinition TypeOfOtherWorkflow = Error("LOGML0123", "Generated type of another workflow",
        "'{0}' is here the type of {1}, and '{2}' belongs to {3}; {4}");

    internal static readonly DiagnosticDefinition SharedMethodWithType = Error("LOGML0124", "Shared method that takes a generated type",
        "'{0}' takes '{1}', but it is a method of {2}, and each has a type of this name; "
        + "take the parameters by name, or give each workflow a method of its own");

    internal static readonly DiagnosticDefinition MayBeNull = Warning("LOGML0125", "Value that may be null",
        "'{0}' takes '{1}' as '{2}', but {3} may be null; {4}");

    internal static readonly DiagnosticDefinition CacheWithoutEffect = Warning("LOGML0126", "Cache without effect",
        "'Cache' has no effect on step '{0}', which runs in every trial: only what the steps "
        + StepTable.All.First(step => step.Phase == StepPhase.Stage).Name + " to "
        + StepTable.All.Last(step => step.Phase == StepPhase.Stage).Name + " give is kept; remove it");

    internal static readonly DiagnosticDefinition DefaultInsteadOfParameter = Warning(
        "LOGML0127", "C# default in the place of another step's parameter",
        "'{0}' has its C# default in every trial: '{1}' is a parameter of step '{2}' and not of '{3}'; "
        + "take WorkflowParameters, or move it in the YAML");

    internal static readonly DiagnosticDefinition SearchedAfterTrial = Error("LOGML0128", "Search over a step that runs after the trial",
        "'{0}' cannot be searched: step '{1}' runs when a trial is over, so that it has no influence on the loss");

    internal static readonly DiagnosticDefinition MisspeltShare = Error("LOGML0135", "Misspelt share of the rows",
        "'{0}' is not a parameter of the default split, which takes split_validate and split_test; did you mean '{1}'?");

    internal static readonly DiagnosticDefinition DroppedTraining = Error("LOGML0136", "Result of the training that is not the model",
        "'{0}' takes '{1}' as '{2}', which '{3}' gives, but what model_train gives is passed on only when it is the model ('{4}'): "
        + "keep it in the model, or let model_create and model_train give a type that has both");

    internal static readonly DiagnosticDefinition NoSteps = Warning("LOGML0137", "Search space without steps",
        "The file has a search space, but no method of this project{0} is marked with [WorkflowStep]{1}");

    internal static readonly DiagnosticDefinition OwnType = Error("LOGML0138", "Name of a generated type",
        "'{0}' is also the name of a type that is generated from the YAML file; give this one another name");

    internal static readonly DiagnosticDefinition PartThatCannotBeMade = Error("LOGML0139", "Part of a record that cannot be made",
        "Generated code makes a '{0}' without arguments, and cannot: {1}");

    internal static readonly DiagnosticDefinition PartWithMember = Error("LOGML0140", "Part of a record with a generated member",
        "The generated part of '{0}' has a member '{1}'{2}; give this member another name");

    internal static readonly DiagnosticDefinition MissingBranch = Warning("LOGML0141", "Switch that misses a branch",
        "This switch over '{0}' misses {1}{2}");

    internal static readonly DiagnosticDefinition BranchWithoutMethod = Error("LOGML0142", "Branch without a method",
        "Step '{0}' has no method that takes {1}; a step with a method for a branch needs one for each");

    internal static readonly DiagnosticDefinition DuplicateBranch = Error("LOGML0143", "Two methods for one branch",
        "Step '{0}' has a method that takes '{1}' already: '{2}'");

    internal static readonly DiagnosticDefinition NoCommonResult = Error("LOGML0144", "Methods of a step without a common result",
        "In step '{0}', '{1}' gives {2} and '{3}' gives {4}; the methods of a step must give types with a common base or interface");

    internal static readonly DiagnosticDefinition PartOutsideOfNamespace = Error("LOGML0145", "Part outside of the namespace",
        "This is no part of the generated '{1}.{0}', because it is in no namespace: put it into 'namespace {1}'");

    internal static readonly DiagnosticDefinition UnknownScore = Error("LOGML0150", "Objective or constraint that is no score",
        "'{0}' is no number that '{1}' gives{2}");

    internal static readonly DiagnosticDefinition WrongSearchConstraint = Error("LOGML0155", "Method that cannot be a search constraint",
        "'{0}' cannot be a search constraint: {1}");

    internal static readonly DiagnosticDefinition ConstraintWithoutSearch = Warning(
        "LOGML0156", "Search constraint without a searched parameter",
        "'{0}' allows every point of the search or none: no parameter of {1} is in the search space");

    internal static readonly DiagnosticDefinition UnknownLabel = Error("LOGML0160", "Unknown label",
        "'{0}' is not a property or a field of '{1}', the type of a row{2}");

    internal static readonly DiagnosticDefinition NoFolds = Error("LOGML0161", "Data that cannot be cut into folds",
        "'cross_validation' cannot make folds: {0}");

    internal static readonly DiagnosticDefinition UnusedShare = Warning("LOGML0162", "Share for validation beside folds",
        "'split_validate' has no effect: 'cross_validation' validates on its folds, which are cut from all rows besides the test part; "
        + "remove it");

    internal static readonly DiagnosticDefinition WrongBest = Error("LOGML0165", "File of parameters that cannot be compiled in",
        "{0}");

    internal static readonly DiagnosticDefinition SeveralBest = Error("LOGML0166", "More than one file of parameters",
        "The project has more than one HyperOptBest file of {1}; '{0}' is used");

    internal static readonly DiagnosticDefinition TypeInPlaceOfNamespace = Error("LOGML0167", "Type in the place of a namespace",
        "'{0}' is also the namespace of what is generated for the workflow '{1}'; "
        + "give the type another name, or set Name of the item LogMlWorkflow");

    internal static readonly DiagnosticDefinition BestOfNoWorkflow = Error("LOGML0168", "File of parameters of no workflow",
        "HyperOptBest is for {0}, which the project does not have; Workflow of the item says which one it is for{1}");

    internal static readonly DiagnosticDefinition MissingWorkflowMark = Error("LOGML0169", "Steps without the name of their workflow",
        "'{0}' is in the namespace of the workflow '{1}', and does not say to which workflow its methods belong: "
        + "add [Workflow(\"{1}\")] to it, or [Workflow] when they are of the unnamed workflow");

    internal static readonly DiagnosticDefinition AbstractMember = Error("LOGML0176", "Abstract member that a branch does not override",
        "Generated code makes {0}, and '{1}' is abstract in it; override it in a part of each branch, or give it a body");

    internal static readonly DiagnosticDefinition OwnBranch = Error("LOGML0177", "Branch that the YAML file does not have",
        "'{0}' cannot derive from '{1}', whose branches are those of the choice in the YAML file: add it there, or derive it from nothing");

    internal static readonly DiagnosticDefinition UnreadBranchParameter = Warning(
        "LOGML0178", "Parameter of a branch that nothing reads",
        "'{0}' is not in the space of '{1}', and no code of the project reads its property '{2}'{3}");

    /// <summary>All rows, by id.</summary>
    public static EquatableArray<DiagnosticDefinition> All { get; } = EquatableArray.Of(
        UnknownStep,
        DuplicateStep,
        UnboundParameter,
        StepMismatch,
        WrongResult,
        MissingEvaluate,
        SpaceWithoutMethod,
        FunctionWithoutMethod,
        UnusedParameter,
        DisabledStepInSpace,
        WrongParameterType,
        OtherStepsRecord,
        InaccessibleMethod,
        UnsupportedMethod,
        NoInstance,
        SeveralConfigurations,
        NoSplit,
        ImpossibleShare,
        NoValidationPart,
        SectionWithoutStep,
        WrongWorkflowName,
        UnknownWorkflow,
        TypeOfOtherWorkflow,
        SharedMethodWithType,
        MayBeNull,
        CacheWithoutEffect,
        DefaultInsteadOfParameter,
        SearchedAfterTrial,
        MisspeltShare,
        DroppedTraining,
        NoSteps,
        OwnType,
        PartThatCannotBeMade,
        PartWithMember,
        MissingBranch,
        BranchWithoutMethod,
        DuplicateBranch,
        NoCommonResult,
        PartOutsideOfNamespace,
        UnknownScore,
        WrongSearchConstraint,
        ConstraintWithoutSearch,
        UnknownLabel,
        NoFolds,
        UnusedShare,
        WrongBest,
        SeveralBest,
        TypeInPlaceOfNamespace,
        BestOfNoWorkflow,
        MissingWorkflowMark,
        AbstractMember,
        OwnBranch,
        UnreadBranchParameter);

    private static DiagnosticDefinition Error(string id, string title, string format) =>
        new(id, title, format, DiagnosticLevel.Error, Category);

    private static DiagnosticDefinition Warning(string id, string title, string format) =>
        new(id, title, format, DiagnosticLevel.Warning, Category);
}
