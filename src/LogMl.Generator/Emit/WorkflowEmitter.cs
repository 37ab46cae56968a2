using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Binding;
using LogMl.Generator.Inputs;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;
using LogMl.Generator.Planning;
using Microsoft.CodeAnalysis.Text;

namespace LogMl.Generator.Emit;

/// <summary>Writes the workflow class.</summary>
internal sealed class WorkflowEmitter
{
    private const string Run = "global::LogMl.Runtime.WorkflowRun";
    private const string Trials = "global::LogMl.Runtime.FinishedTrials";
    private const string Values = "global::LogMl.Runtime.ParameterValues";
    private const string Task = "global::System.Threading.Tasks.ValueTask";

    private readonly WorkflowModel _model;
    private readonly IndentedWriter _writer = GeneratedFile.Start();

    private WorkflowEmitter(WorkflowModel model) => _model = model;

    /// <summary>The record that has the parameters of all steps.</summary>
    private string AllRecords => GeneratedNames.Qualify(_model.Workflow.Namespace, GeneratedNames.AllRecords);

    /// <summary>What the run gives: the trained model, or nothing.</summary>
    private string ResultTask => _model.TrainedModel is { } trained ? $"{Task}<{trained.Type}>" : Task;

    private IEnumerable<StepParameters> SearchedRecords =>
        _model.Records.Where(record => record.Properties.Any(property => property.IsSearched));

    public static SourceText Emit(WorkflowModel model) => new WorkflowEmitter(model).Emit();

    private SourceText Emit()
    {
        _writer.Namespace(ProjectInfo.WorkflowNamespace, () =>
        {
            _writer.Line(GeneratedFile.Attribute);
            _writer.Block($"internal static class {_model.Workflow.RunnerName}", WriteMembers);
        });
        return GeneratedFile.End(_writer);
    }

    private void WriteMembers()
    {
        _writer.Line($"private const string Manifest = {RawLiteral(_model.Manifest)};");
        _writer.Line();
        WriteRegistration();
        _writer.Line();
        var (factory, noFactory) = _model.UsesLogger ? ($", {Services.LoggerFactory}? {Services.LoggersLocal}", ", null") : ("", "");
        _writer.Line(
            $"private static async {Task} RunTrialAsync({Run} run) => await RunAsync(run, ReadParameters(run.Parameters){noFactory});");
        _writer.Line();
        _writer.Block(
            $"internal static async {ResultTask} RunAsync({Run} run, {AllRecords} {StepBinder.AllRecordsLocal}{factory})", WriteRun);
        if (_model.Listener is { } listener)
        {
            _writer.Line();
            WriteListener(listener);
        }

        _writer.Line();
        WriteReader();
        foreach (var record in SearchedRecords)
        {
            _writer.Line();
            new ReaderEmitter(_writer).Write(record);
        }

        if (_model.Split is { HasHelper: true } split)
        {
            _writer.Line();
            SplitEmitter.Write(_writer, split);
        }

        if (_model.FoldsViews)
        {
            _writer.Line();
            ViewFoldsEmitter.Write(_writer);
        }

        if (_model.HasViews)
        {
            _writer.Line();
            SplitEmitter.WriteHasRows(_writer);
        }

        if (_model.UsesLogger || _model.Listener is { UsesLogger: true })
        {
            _writer.Line();
            LoggerEmitter.Write(_writer);
        }
    }

    /// <summary>
    /// Writes the registration. Outside of a worker LogMl.dll may be missing. So its types appear only in methods that are not called
    /// there, and never as a base or an interface.
    /// </summary>
    private void WriteRegistration()
    {
        _writer.Line("[global::System.Runtime.CompilerServices.ModuleInitializer]");
        _writer.Block("internal static void Initialize()", () =>
            _writer.Block("if (global::System.AppContext.TryGetSwitch(global::LogMl.Runtime.Workflow.WorkerSwitch, out var isWorker) && "
                + "isWorker)", () =>
                _writer.Line("Register();")));
        _writer.Line();
        _writer.Line(
            "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]");
        _writer.Line(
            $"private static void Register() => global::LogMl.Runtime.Workflow.Register(typeof({_model.Workflow.RunnerName}).Assembly, "
            + $"{Literals.Text(_model.Workflow.Name)}, Manifest, RunTrialAsync, "
            + $"[{string.Join(", ", _model.Constraints.Select(Registration))}]"
            + $"{(_model.Listener is null ? "" : ", ListenAsync")});");
    }

    private string Registration(PlannedConstraint constraint) =>
        $"({Literals.Text(constraint.Name)}, static values => {constraint.Method}("
        + $"{string.Join(", ", constraint.Records.Select(ReadRecord))}))";

    private string ReadRecord(string name) => name == GeneratedNames.AllRecords ? "ReadParameters(values)"
        : SearchedRecords.Any(record => record.RecordName == name) ? $"Read{name}(values)"
        : $"new {GeneratedNames.Qualify(_model.Workflow.Namespace, name)}()";

    /// <summary>Writes the method that runs the step after each trial. Its instances live as long as the search.</summary>
    private void WriteListener(PlannedListener listener) =>
        _writer.Block($"private static async {Task} ListenAsync({Trials} trials)", () =>
        {
            if (listener.UsesLogger)
            {
                _writer.Line($"{Services.LoggerFactory}? {Services.LoggersLocal} = null;");
            }

            foreach (var instance in listener.Instances)
            {
                Write(instance);
            }

            _writer.Block("await trials.ForEachAsync(async run =>", () =>
            {
                _writer.Line($"var {StepBinder.AllRecordsLocal} = ReadParameters(run.Parameters);");
                WriteRecords(listener.UsedRecords, areGiven: false);
                WriteCall(listener.Run);
            });
            _writer.Line(");");
        });

    /// <param name="used">The names of the records.</param>
    /// <param name="areGiven">Whether a program may have given them: then one may be null, whatever its type says.</param>
    private void WriteRecords(EquatableArray<string> used, bool areGiven)
    {
        foreach (var record in _model.Records.Where(record => used.Contains(record.RecordName)))
        {
            var member = MemberOf(record);
            var otherwise = areGiven
                ? $" ?? throw new global::System.ArgumentNullException(\"parameters\", \"{GeneratedNames.AllRecords}.{member} is null.\")"
                : "";
            _writer.Line($"var {Identifiers.ToCamelCase(record.RecordName)} = {StepBinder.AllRecordsLocal}.{member}{otherwise};");
        }
    }

    private void WriteRun()
    {
        WriteRecords(_model.UsedRecords, areGiven: true);
        foreach (var statement in _model.Statements)
        {
            Write(statement);
        }

        if (_model.TrainedModel is { } trained)
        {
            _writer.Line($"return {trained.Local};");
        }
    }

    private void Write(Statement statement)
    {
        switch (statement)
        {
            case Statement.Let let:
                _writer.Line($"{let.Prefix}var {let.Local} = {let.Expression};");
                break;
            case Statement.Call call:
                Write(call);
                break;
            case Statement.Assign assign:
                _writer.Line($"{assign.Local} = {assign.Expression};");
                break;
            case Statement.ForEach loop:
                WriteBlock($"foreach (var {loop.Local} in {loop.Items})", loop.Body);
                break;
            case Statement.Evaluate evaluate:
                Write(evaluate);
                break;
            case Statement.Require require:
                _writer.Block($"if (!({require.Condition}))", () =>
                    _writer.Line($"throw new global::System.InvalidOperationException({Literals.Text(require.Message)});"));
                break;
            case Statement.If condition:
                WriteBlock($"if ({condition.Condition})", condition.Then);
                if (!condition.Else.IsEmpty)
                {
                    WriteBlock("else", condition.Else);
                }

                break;
        }
    }

    private void Write(Statement.Call call)
    {
        _writer.Line($"run.EnterStep(\"{call.Step}\");");
        if (call.Local is not null)
        {
            _writer.Line($"var {call.Local} = {call.Run.Expression};");
        }
        else
        {
            WriteCall(call.Run);
        }
    }

    /// <summary>Writes a call whose result is not used.</summary>
    private void WriteCall(StepCall call)
    {
        if (call.Branches.IsEmpty)
        {
            _writer.Line(call.Expression + ";");
        }
        else
        {
            WriteBranches(call);
        }
    }

    /// <summary>Writes calls whose results are not used: a method may give nothing, which no switch expression takes.</summary>
    private void WriteBranches(StepCall call) => _writer.Block($"switch ({call.Subject})", () =>
    {
        foreach (var branch in call.Branches)
        {
            _writer.Line($"case {branch.Pattern}:");
            _writer.Line($"    {branch.Expression};");
            _writer.Line("    break;");
        }
    });

    private void WriteBlock(string head, EquatableArray<Statement> statements) => _writer.Block(head, () =>
    {
        foreach (var statement in statements)
        {
            Write(statement);
        }
    });

    private void Write(Statement.Evaluate evaluate)
    {
        _writer.Line("run.EnterStep(\"model_evaluate\");");
        var scores = evaluate.Part + "Scores";
        _writer.Line($"var {scores} = {evaluate.Expression};");
        var loss = evaluate.Scores switch
        {
            { IsNumber: true } => "(double)" + scores,
            { Loss: { } member } => $"(double){scores}.{Inputs.ProjectInfo.Escape(member)}",
            _ => "null",
        };
        var metrics = evaluate.Scores.Metrics.Select(metric =>
            $"({Literals.Text(ScoreMembers.NameOf(metric))}, (double){scores}.{Inputs.ProjectInfo.Escape(metric)})");
        _writer.Line($"run.Evaluated(\"{evaluate.Part}\", {loss}, [{string.Join(", ", metrics)}]);");
    }

    /// <summary>Writes the method that reads the records of all steps from the values of a trial.</summary>
    private void WriteReader() => _writer.Initializer(
        $"private static {AllRecords} ReadParameters({Values} values) => new()",
        SearchedRecords.Select(record => $"{MemberOf(record)} = Read{record.RecordName}(values),"));

    private static string MemberOf(StepParameters record) => CSharpNames.ToPascalCase(record.Step)!;

    /// <summary>A raw string literal with as many quotes as the text needs.</summary>
    private static string RawLiteral(string text)
    {
        var quotes = "\"\"\"";
        while (text.Contains(quotes))
        {
            quotes += "\"";
        }

        return quotes + text + quotes;
    }
}
