namespace LogMl.Configuration.Diagnostics;

/// <summary>The table of the diagnostics that need only the YAML.</summary>
public static class ConfigurationDiagnostics
{
    private const string Category = "LogMl.Configuration";

    internal static readonly DiagnosticDefinition FileTooLarge = Error("LOGML0001", "The file is too large",
        "The file has {0} characters; a configuration may have at most {1}");

    internal static readonly DiagnosticDefinition MalformedYaml = Error("LOGML0002", "Malformed YAML",
        "This is not well-formed YAML: {0}");

    internal static readonly DiagnosticDefinition NotUtf8 = Error("LOGML0003", "The file is not UTF-8",
        "The file is not UTF-8: a byte here is not a character (it reads as U+FFFD); save the file as UTF-8");

    internal static readonly DiagnosticDefinition ForbiddenCharacter = Error("LOGML0004", "Character that YAML does not allow",
        "The character U+{0} is not allowed in YAML");

    internal static readonly DiagnosticDefinition SeveralDocuments = Error("LOGML0005", "More than one YAML document",
        "A second YAML document starts here; a configuration is one document");

    internal static readonly DiagnosticDefinition TooDeep = Error("LOGML0006", "Nested too deeply",
        "The nesting is deeper than {0} levels");

    internal static readonly DiagnosticDefinition TooManyNodes = Error("LOGML0007", "Too many values",
        "The file has more than {0} values, aliases expanded");

    internal static readonly DiagnosticDefinition BadAlias = Error("LOGML0008", "Alias without anchor",
        "The alias '*{0}' {1}");

    internal static readonly DiagnosticDefinition UnsupportedTag = Error("LOGML0009", "Unsupported tag",
        "The tag '{0}' is not supported; write the value itself");

    internal static readonly DiagnosticDefinition DuplicateKey = Error("LOGML0010", "Duplicate key",
        "'{0}' is already defined in line {1}");

    internal static readonly DiagnosticDefinition UnknownSection = Error("LOGML0011", "Unknown section",
        "'{0}' is not a section of a Log(ML) file{1}");

    internal static readonly DiagnosticDefinition MisspeltParameter = Error("LOGML0012", "Misspelt parameter",
        "'{0}' is not a parameter of step '{1}'; did you mean '{2}'?");

    internal static readonly DiagnosticDefinition ParameterWithoutDefault = Warning("LOGML0013", "Parameter without default",
        "'{0}' is in the space of step '{1}' but not in 'functions', so it has no default");

    internal static readonly DiagnosticDefinition UnknownStep = Error("LOGML0014", "Unknown step",
        "'{0}' is not a workflow step{1}");

    internal static readonly DiagnosticDefinition UnknownOptimizationKey = Error("LOGML0015", "Unknown key of hyper_parameter_optimization",
        "'{0}' is not a key of 'hyper_parameter_optimization'{1}");

    internal static readonly DiagnosticDefinition UnusedSection = Info("LOGML0016", "Section that is not used",
        "'{0}' is part of Log(ML), but LogMl.Sdk does not use it");

    internal static readonly DiagnosticDefinition WrongKindOfValue = Error("LOGML0017", "Wrong kind of value",
        "{0} must be {1}; found {2}");

    internal static readonly DiagnosticDefinition UnknownAlgorithm = Error("LOGML0018", "Unknown algorithm",
        "'{0}' is not an algorithm{1}");

    internal static readonly DiagnosticDefinition SettingOutOfRange = Error("LOGML0019", "Setting out of range",
        "'{0}' must be {1}; found {2}");

    internal static readonly DiagnosticDefinition UnknownDistribution = Error("LOGML0020", "Unknown distribution",
        "'{0}' is not a distribution{1}");

    internal static readonly DiagnosticDefinition NotADistribution = Error("LOGML0021", "Not a distribution",
        "The distribution of '{0}' must be a list such as {1}; found {2}");

    internal static readonly DiagnosticDefinition ArgumentCount = Error("LOGML0022", "Wrong number of arguments",
        "'{0}' takes {1}; found {2}");

    internal static readonly DiagnosticDefinition ArgumentKind = Error("LOGML0023", "Wrong kind of argument",
        "'{0}' of '{1}' must be {2}; found {3}");

    internal static readonly DiagnosticDefinition EmptyRange = Error("LOGML0024", "Empty range",
        "'{0}' needs low < high; found low = {1}, high = {2}");

    internal static readonly DiagnosticDefinition NotPositive = Error("LOGML0025", "Argument that is not positive",
        "'{0}' of '{1}' must be greater than 0; found {2}");

    internal static readonly DiagnosticDefinition IntegerTooLarge = Error("LOGML0026", "Integer too large",
        "{0} is beyond {1}, up to which every integer can be represented");

    internal static readonly DiagnosticDefinition EmptyChoice = Error("LOGML0027", "Choice without options",
        "'{0}' needs at least one option");

    internal static readonly DiagnosticDefinition ProbabilitySum = Error("LOGML0028", "Probabilities that do not sum to 1",
        "The probabilities of 'pchoice' must sum to 1; they sum to {0}");

    internal static readonly DiagnosticDefinition ProbabilityRange = Error("LOGML0029", "Probability out of range",
        "A probability must be between 0 and 1; found {0}");

    internal static readonly DiagnosticDefinition OptionKind = Error("LOGML0030", "Wrong kind of option",
        "An option of '{0}' must be {1}; found {2}");

    internal static readonly DiagnosticDefinition NoCommonType = Error("LOGML0031", "Values without a common type",
        "The values of '{0}' have no common type: {1}");

    internal static readonly DiagnosticDefinition DefaultKind = Warning("LOGML0032", "Default of the wrong kind",
        "The default of '{0}' must be {1} because of its distribution '{2}'; found {3}, which is ignored");

    internal static readonly DiagnosticDefinition DefaultOutOfRange = Warning("LOGML0033", "Default out of range",
        "The default {0} of '{1}' is not a value that its distribution can give: {2}");

    internal static readonly DiagnosticDefinition AmbiguousScalar = Warning("LOGML0034", "Scalar that YAML 1.1 and 1.2 read differently",
        "'{0}' is {1} in YAML 1.2 but {2} in YAML 1.1; it is taken as {3}");

    internal static readonly DiagnosticDefinition NestedValue = Error("LOGML0035", "Nested value",
        "'{0}' must be a scalar or a list of scalars; found {1}");

    internal static readonly DiagnosticDefinition NameCollision = Error("LOGML0036", "Two parameters with one C# name",
        "'{0}' and '{1}' would both be the C# property '{2}'");

    internal static readonly DiagnosticDefinition InvalidName = Error("LOGML0037", "Name that cannot be a parameter",
        "'{0}' cannot be a parameter: {1}");

    internal static readonly DiagnosticDefinition KeyKind = Error("LOGML0038", "Key that is not a name",
        "A key must be a name; found {0}");

    internal static readonly DiagnosticDefinition NumberOutOfRange = Error("LOGML0039", "Number out of range",
        "'{0}' is not a number that can be used: {1}");

    internal static readonly DiagnosticDefinition DuplicateStep = Error("LOGML0040", "Step defined twice",
        "'{0}' and '{1}' are the same step");

    internal static readonly DiagnosticDefinition MergeKind = Error("LOGML0041", "Merge key without mapping",
        "'<<' merges a mapping or a list of mappings; found {0}");

    internal static readonly DiagnosticDefinition EmptyFile = Warning("LOGML0042", "Empty file",
        "The file is empty: no step has parameters, and there is nothing to optimize");

    internal static readonly DiagnosticDefinition UnknownOption = Error("LOGML0043", "Unknown option",
        "'{0}' is not an option of {1}{2}");

    internal static readonly DiagnosticDefinition UnknownPruner = Error("LOGML0044", "Unknown pruner",
        "'{0}' is not a pruner{1}");

    internal static readonly DiagnosticDefinition OptionConflict = Error("LOGML0045", "Options that do not go together",
        "The options do not go together: {0}");

    internal static readonly DiagnosticDefinition PointParameter = Error("LOGML0046", "Point with an unknown parameter",
        "The space has no {0}, so that a point cannot set it{1}");

    internal static readonly DiagnosticDefinition PointValue = Error("LOGML0047", "Point outside of the space",
        "{0} is not a value that the distribution of '{1}' can give: {2}");

    internal static readonly DiagnosticDefinition UnusedEnabledSection = Warning("LOGML0048", "Enabled section that is not used",
        "'{0}' is enabled, but LogMl.Sdk does not use it: {1}");

    internal static readonly DiagnosticDefinition DisabledModel = Error("LOGML0049", "Search without a model",
        "'model' is disabled and 'hyper_parameter_optimization' is enabled: there is nothing to search; "
            + "disable the search, or remove this line");

    internal static readonly DiagnosticDefinition UnknownType = Error("LOGML0052", "Not a type",
        "{0} is not a type: {1}");

    internal static readonly DiagnosticDefinition TypeOfUnknownParameter = Error("LOGML0053", "Type of an unknown parameter",
        "'functions.types' has a type of '{0}', but step '{1}' has no such parameter in 'functions' or in the space{2}");

    internal static readonly DiagnosticDefinition DeclaredTypeMismatch = Error("LOGML0054", "Value that is not of the declared type",
        "'functions.types' declares '{0}' as {1}, but {2}");

    internal static readonly DiagnosticDefinition UnstableType = Warning("LOGML0055", "Type that depends on the distribution",
        "'{0}' is {1} because of its distribution, but its default {2} alone is {3}: "
            + "without the distribution the type would be another one; {4}");

    internal static readonly DiagnosticDefinition RepeatedOption = Warning("LOGML0056", "Option that stands twice",
        "The option {0} of '{1}' stands twice: {2}");

    internal static readonly DiagnosticDefinition TextAmongNames = Warning("LOGML0057", "Options that are text and not an enum",
        "The type of '{0}' is string and not an enum: {1}; change the option, or declare the type in 'functions.types'");

    internal static readonly DiagnosticDefinition LinearBounds = Warning("LOGML0060", "Bounds that are not logarithms",
        "'{0}' takes the natural logarithms of its bounds, so that its values are {1} to {2}; for values from {3} to {4} write {5}, {6}");

    internal static readonly DiagnosticDefinition SwappedPairs = Error("LOGML0061", "Swapped pairs",
        "The pairs of 'pchoice' are [probability, option]; write [{0}, {1}] instead of [{1}, {0}], and so for all");

    internal static readonly DiagnosticDefinition BranchShape = Error("LOGML0062", "Shape of a branch",
        "A branch is a name, or a mapping with one key, its name: write {0}; found {1}");

    internal static readonly DiagnosticDefinition UnknownBranch = Error("LOGML0063", "Unknown branch or parameter of a branch",
        "'{0}' is not {1}{2}");

    internal static readonly DiagnosticDefinition BranchName = Error("LOGML0064", "Name that cannot be a branch",
        "'{0}' cannot be a branch of '{1}': {2}");

    internal static readonly DiagnosticDefinition UndeclaredBranches = Error("LOGML0065", "Branch without its choice",
        "The default of '{0}' is a branch, but '{0}' is not in the space: "
            + "declare all its branches in 'functions.types', such as '{0}: {1}'");

    internal static readonly DiagnosticDefinition MissingBranchValue = Error("LOGML0066", "Parameter of a branch without a value",
        "'{0}' is declared in 'functions.types', but has neither a default nor a distribution: {1}");

    internal static readonly DiagnosticDefinition PathCollision = Error("LOGML0067", "Two parameters with one full name",
        "'{0}' cannot have this name: a {1}");

    internal static readonly DiagnosticDefinition NotADirection = Error("LOGML0070", "Not a direction",
        "{0} is not the direction of the objective '{1}': write minimize or maximize{2}");

    internal static readonly DiagnosticDefinition NotAConstraint = Error("LOGML0071", "Not a constraint",
        "{0} is not a constraint of '{1}': {2}");

    internal static readonly DiagnosticDefinition OneObjective = Error("LOGML0072", "Several objectives for what takes one",
        "'objectives' has {0} objectives, and {1} takes one: {2}");

    internal static readonly DiagnosticDefinition UnknownFoldMethod = Error("LOGML0075", "Unknown method of cross-validation",
        "'{0}' is not a method of 'cross_validation'{1}");

    internal static readonly DiagnosticDefinition FoldMethodCount = Error("LOGML0076", "Not one method of cross-validation",
        "'cross_validation' needs exactly one method: {0}");

    /// <summary>All rows, by id.</summary>
    public static EquatableArray<DiagnosticDefinition> All { get; } = EquatableArray.Of(
        FileTooLarge,
        MalformedYaml,
        NotUtf8,
        ForbiddenCharacter,
        SeveralDocuments,
        TooDeep,
        TooManyNodes,
        BadAlias,
        UnsupportedTag,
        DuplicateKey,
        UnknownSection,
        MisspeltParameter,
        ParameterWithoutDefault,
        UnknownStep,
        UnknownOptimizationKey,
        UnusedSection,
        WrongKindOfValue,
        UnknownAlgorithm,
        SettingOutOfRange,
        UnknownDistribution,
        NotADistribution,
        ArgumentCount,
        ArgumentKind,
        EmptyRange,
        NotPositive,
        IntegerTooLarge,
        EmptyChoice,
        ProbabilitySum,
        ProbabilityRange,
        OptionKind,
        NoCommonType,
        DefaultKind,
        DefaultOutOfRange,
        AmbiguousScalar,
        NestedValue,
        NameCollision,
        InvalidName,
        KeyKind,
        NumberOutOfRange,
        DuplicateStep,
        MergeKind,
        EmptyFile,
        UnknownOption,
        UnknownPruner,
        OptionConflict,
        PointParameter,
        PointValue,
        UnusedEnabledSection,
        DisabledModel,
        UnknownType,
        TypeOfUnknownParameter,
        DeclaredTypeMismatch,
        UnstableType,
        RepeatedOption,
        TextAmongNames,
        LinearBounds,
        SwappedPairs,
        BranchShape,
        UnknownBranch,
        BranchName,
        UndeclaredBranches,
        MissingBranchValue,
        PathCollision,
        NotADirection,
        NotAConstraint,
        OneObjective,
        UnknownFoldMethod,
        FoldMethodCount);

    /// <summary>The row of an id of this table.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The table has no such id.</exception>
    public static DiagnosticDefinition Find(string id) =>
        All.FirstOrDefault(definition => definition.Id == id)
        ?? throw new ArgumentOutOfRangeException(nameof(id), id, "There is no such diagnostic.");

    private static DiagnosticDefinition Error(string id, string title, string format) =>
        new(id, title, format, DiagnosticLevel.Error, Category);

    private static DiagnosticDefinition Warning(string id, string title, string format) =>
        new(id, title, format, DiagnosticLevel.Warning, Category);

    private static DiagnosticDefinition Info(string id, string title, string format) =>
        new(id, title, format, DiagnosticLevel.Info, Category);
}
