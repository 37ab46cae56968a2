using LogMl.Configuration;
using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Generator.Binding;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Inputs;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Planning;

/// <summary>The state that the planners of data and model share: the steps, the parameters, and what was planned so far.</summary>
internal sealed class PlanContext(
    WorkflowConfiguration configuration, StepSelection selection, ForeignSteps foreign, EquatableArray<StepParameters> records,
    GeneratedTypes generated, WorkflowIdentity workflow)
{
    private readonly Dictionary<string, string> _instances = new(StringComparer.Ordinal);
    private readonly HashSet<string> _usedRecords = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BoundStep> _bound = new(StringComparer.Ordinal);
    private readonly List<StepDiagnostic> _diagnostics = [];
    private bool _isModelUnknown;
    private bool _isDropReported;

    public WorkflowIdentity Workflow => workflow;

    public WorkflowConfiguration Configuration { get; } = configuration;

    public StepSelection Selection { get; } = selection;

    public List<Statement> Instances { get; } = [];

    public List<Statement> Statements { get; private set; } = [];

    /// <summary>Whether an earlier mistake makes the available data unknown.</summary>
    public bool IsDataUnknown { get; set; } = selection.HasUnknownSteps;

    /// <summary>The result of model_train that is not the model.</summary>
    public StepValue? DroppedTraining { get; set; }

    public bool UsesAllRecords { get; private set; }

    public bool UsesLogger { get; private set; }

    /// <summary>The default split, when there is one.</summary>
    public SplitParts? Split { get; set; }

    /// <summary>Notes about facts that change the meaning of the loss. The host shows them in every search.</summary>
    public List<string> Notes { get; } = [];

    public IEnumerable<StepDiagnostic> Diagnostics => _diagnostics.Distinct();

    /// <summary>
    /// Whether a parameter of a step has no argument. Then no workflow is generated, and diagnostics of the generator or of the compiler
    /// say why.
    /// </summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>The records of all steps, in their order.</summary>
    public EquatableArray<StepParameters> Records => records;

    /// <summary>The names of the records that the steps take.</summary>
    public IEnumerable<string> UsedRecords => records.Where(IsUsed).Select(record => record.RecordName);

    /// <summary>A step that was planned, or null.</summary>
    public BoundStep? Bound(string step) => _bound.TryGetValue(step, out var bound) ? bound : null;

    /// <summary>Plans statements for a block of their own.</summary>
    /// <typeparam name="T">The type of what is planned.</typeparam>
    /// <param name="plan">Adds to <see cref="Statements"/>.</param>
    public (EquatableArray<Statement> Statements, T Result) Nested<T>(Func<T> plan)
    {
        var outer = Statements;
        Statements = [];
        var result = plan();
        var inner = Statements.ToEquatableArray();
        Statements = outer;
        return (inner, result);
    }

    public StepParameters RecordOf(string step) =>
        records.FirstOrDefault(record => record.Step == step)
        ?? new StepParameters(step, GeneratedTypeNames.RecordOf(step), workflow, IsPublic: false, default);

    /// <summary>Binds the parameters of a step without recording anything.</summary>
    public BoundStep TryBind(string step, StepImplementation implementation, StepInputs inputs) => new(
        implementation, [.. implementation.Methods.Select(method => TryBind(step, method, implementation.Choice, inputs))]);

    private StepBinding TryBind(string step, BranchMethod method, ParameterProperty? choice, StepInputs inputs)
    {
        var random = StepTable.Find(step).Phase == StepPhase.Stage ? "random" : $"run.Random(\"{step}\")";
        var scope = new StepScope(step, RecordOf(step), inputs.Of(step), random, IsDataUnknown)
        {
            IsModelUnknown = _isModelUnknown,
            Dropped = DroppedTraining,
            IsDropReported = _isDropReported,
            AdviceForMissing = foreign.AdviceFor,
            Branch = choice is null ? null : ArgumentOf(step, method, choice),
        };
        return StepBinder.Bind(method.Method, scope, generated);
    }

    /// <summary>Binds the parameters of a step, and returns the call.</summary>
    public (StepCall Call, BoundStep Bound) Bind(string step, StepImplementation implementation, StepInputs inputs)
    {
        var bound = TryBind(step, implementation, inputs);
        return (Accept(step, bound), bound);
    }

    /// <summary>Records a bound step, and returns its call.</summary>
    public StepCall Accept(string step, BoundStep bound)
    {
        _bound[step] = bound;
        var calls = bound.Bindings.Select(binding => Accept(step, binding)).ToList();
        var implementation = bound.Implementation;
        return implementation.Choice is { } choice
            ? StepCall.Of(
                ChoiceIn(step, choice),
                implementation.Methods.Zip(calls, (method, call) => new BranchCall(PatternOf(method, choice), call)),
                implementation.HasSeveralTypes ? implementation.Result?.Name : null)
            : new StepCall(calls[0]);
    }

    private string ChoiceIn(string step, ParameterProperty choice) => UseRecord(step) + "." + choice.Name;

    private static string PatternOf(BranchMethod method, ParameterProperty choice) =>
        method.Branch!.FullName + (choice.Parameter.Type.IsNullable && method.TakesNull ? " or null" : "");

    private BranchArgument ArgumentOf(string step, BranchMethod method, ParameterProperty choice)
    {
        var value = ChoiceIn(step, choice);
        return new BranchArgument(
            choice, method.Index, method.TakesNull ? $"{value} as {method.Branch!.FullName}" : $"({method.Branch!.FullName}){value}");
    }

    private string Accept(string step, StepBinding binding)
    {
        _diagnostics.AddRange(binding.Diagnostics);
        RecordProblems(binding);
        IsIncomplete |= binding.IsIncomplete;
        UsesAllRecords |= binding.UsesAllRecords;
        UsesLogger |= binding.UsesLogger;
        if (binding.Method.Cache is not null && StepTable.Find(step).Phase != StepPhase.Stage)
        {
            Report(StepDiagnostics.CacheWithoutEffect, DiagnosticTarget.Attribute(binding.Method.Id), step);
        }

        if (binding.UsesRecord || binding.ParameterNames.Count > 0)
        {
            UseRecord(step);
        }

        return binding.Call(binding.Method.IsStatic ? binding.Method.Owner.Type : InstanceOf(binding.Method.Owner));
    }

    /// <summary>
    /// Records reported problems, so that one mistake gives one message. Data and models that do not fit one step do not fit the next ones
    /// either, and the result of a method that cannot be a step is unknown.
    /// </summary>
    private void RecordProblems(StepBinding binding)
    {
        var isUnusable = binding.Method.Flaws.Any(flaw => flaw.Target == DiagnosticTarget.Method(binding.Method.Id));
        _isDropReported |= DroppedTraining is not null && binding.Misfits.Contains(DroppedTraining);
        _isModelUnknown |= isUnusable || binding.Misfits.Exists(value => value.IsModel);
        IsDataUnknown |= isUnusable || binding.Misfits.Exists(value => !value.IsModel && value != DroppedTraining);
    }

    /// <summary>Makes the record of a step available, and returns its local variable.</summary>
    public string UseRecord(string step)
    {
        _usedRecords.Add(step);
        return Identifiers.ToCamelCase(RecordOf(step).RecordName);
    }

    public void Report(DiagnosticDefinition definition, DiagnosticTarget target, params string[] arguments) =>
        _diagnostics.Add(StepDiagnostic.Of(definition, target, arguments));

    /// <summary>Reports that a method does not return what its step must return. The result is then unknown.</summary>
    public void ReportResult(StepImplementation implementation, string step) =>
        ReportResult(implementation, step, StepTable.Find(step).Gives ?? "something else");

    /// <summary>Reports that a method does not return what is needed. The result is then unknown.</summary>
    public void ReportResult(StepImplementation implementation, string step, string needed)
    {
        var method = implementation.First;
        IsDataUnknown = true;
        IsIncomplete = true;
        if (method.Flaws.IsEmpty && method.Result is not { IsUnknown: true })
        {
            Report(StepDiagnostics.WrongResult, DiagnosticTarget.Method(method.Id),
                method.DisplayName, method.Result?.ShortName ?? "nothing", step, needed);
        }
    }

    /// <summary>The names in the search space of the parameters that a binding depends on.</summary>
    public IEnumerable<string> SearchedBy(string step, BoundStep bound) => bound.Bindings
        .SelectMany(binding =>
            binding.UsesAllRecords ? records.SelectMany(record => record.Properties) : binding.ParametersOf(RecordOf(step)))
        .SelectMany(property => property.SearchedNames);

    private bool IsUsed(StepParameters record) => _usedRecords.Contains(record.Step);

    private string InstanceOf(StepOwner owner)
    {
        if (!_instances.TryGetValue(owner.Type, out var local))
        {
            local = "steps" + (_instances.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
            _instances.Add(owner.Type, local);
            var prefix = owner.Disposal switch
            {
                Disposal.Dispose => "using ",
                Disposal.DisposeAsync => "await using ",
                _ => "",
            };
            Instances.Add(new Statement.Let(local, $"new {owner.Type}()", prefix));
        }

        return local;
    }
}
