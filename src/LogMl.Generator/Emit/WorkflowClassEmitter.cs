using LogMl.Configuration.Model;
using LogMl.Generator.Binding;
using LogMl.Generator.Inputs;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;
using LogMl.Generator.Planning;
using Microsoft.CodeAnalysis.Text;

namespace LogMl.Generator.Emit;

/// <summary>
/// Writes the class by which programs call the workflow. An assembly that is never called in this way is used without LogMl.dll, so that
/// types of it stand in signatures and bodies of methods only.
/// </summary>
internal static class WorkflowClassEmitter
{
    private const string List = "global::System.Collections.Generic.IReadOnlyList<global::LogMl.WorkflowStepInfo>";

    public static SourceText Emit(WorkflowClass model)
    {
        var writer = GeneratedFile.Start();
        if (model.Workflow.Namespace.Length > 0)
        {
            var name = model.Workflow.ClassName;
            writer.Line($"global using {name} = {GeneratedNames.Qualify(model.Workflow.Namespace, name)};");
            writer.Line();
        }

        writer.Namespace(model.Workflow.Namespace, () =>
        {
            var name = model.Workflow.IsNamed ? $" <c>{model.Workflow.Name}</c>" : "";
            writer.Line($"/// <summary>The workflow{name} of this project: its steps, and a run of them that any code can call.</summary>");
            writer.Line(GeneratedFile.Attribute);
            writer.Block($"{GeneratedFile.Access(model.IsPublic)}static partial class {model.Workflow.ClassName}", () =>
            {
                WriteRun(writer, model);
                writer.Line();
                WriteSteps(writer, model);
            });
        });
        return GeneratedFile.End(writer);
    }

    private static void WriteRun(IndentedWriter writer, WorkflowClass model)
    {
        writer.Line("/// <summary>Runs all steps once, in the calling thread as far as they are not asynchronous.</summary>");
        writer.Line("/// <param name=\"parameters\">The parameters of all steps; without them they have their defaults.</param>");
        writer.Line("/// <param name=\"options\">Seed, folder, and whether to score all parts and save.</param>");
        if (model.UsesLogger)
        {
            writer.Line("/// <param name=\"loggers\">Makes the loggers of the steps; without it they write to standard error.</param>");
        }

        writer.Line("/// <param name=\"cancellationToken\">The token of the steps, which is looked at before each of them.</param>");
        var andModel = model.Model is null ? "" : ", and the model";
        writer.Line($"/// <returns>The loss, all scores, what the steps have reported{andModel}.</returns>");
        var records = GeneratedNames.Qualify(model.Workflow.Namespace, GeneratedNames.AllRecords);
        var access = model.IsPublic && model.Model is null or { IsPublic: true } ? "public" : "internal";
        var result = "global::LogMl.WorkflowResult" + (model.Model is { } trained ? $"<{trained.Type}>" : "");
        writer.Line($"{access} static global::System.Threading.Tasks.Task<{result}> RunAsync(");
        writer.Line($"    {records}? parameters = null,");
        writer.Line("    global::LogMl.WorkflowRunOptions? options = null,");
        if (model.UsesLogger)
        {
            writer.Line($"    {Services.LoggerFactory}? {Services.LoggersLocal} = null,");
        }

        writer.Line("    global::System.Threading.CancellationToken cancellationToken = default) =>");
        var loggers = model.UsesLogger ? ", " + Services.LoggersLocal : "";
        var run = $"global::{ProjectInfo.WorkflowNamespace}.{model.Workflow.RunnerName}.RunAsync(run, "
            + $"parameters ?? new {records}(){loggers})";
        var seed = model.Seed is { } number ? Literals.Long(number) : "null";
        writer.Line(model.IsValid
            ? $"    global::LogMl.Runtime.DirectRun.RunAsync(run => {run}, {seed}, options, cancellationToken);"
            : "    throw new global::System.InvalidOperationException();");
    }

    private static void WriteSteps(IndentedWriter writer, WorkflowClass model)
    {
        writer.Line("/// <summary>The steps that run, in their order.</summary>");
        writer.Line($"public static {List} Steps => new global::LogMl.WorkflowStepInfo[]");
        writer.Line("{");
        foreach (var step in model.Steps)
        {
            var inputs = step.Takes.Select(input =>
                $"new({Literals.Text(input.Name)}, {Literals.Text(input.Type)}, {Literals.Text(input.From)})");
            var takes = step.Takes.IsEmpty
                ? "global::System.Array.Empty<global::LogMl.WorkflowStepInput>()"
                : $"new global::LogMl.WorkflowStepInput[] {{ {string.Join(", ", inputs)} }}";
            writer.Line($"    new({Literals.Text(step.Name)}, {Text(step.Method)}, {Text(step.Parameters)}, {takes}, {Text(step.Gives)}, "
                + $"global::LogMl.WorkflowStepRuns.{RunsOf(step.Phase)}),");
        }

        writer.Line("};");
    }

    private static string Text(string? text) => text is null ? "null" : Literals.Text(text);

    private static string RunsOf(StepPhase phase) => phase switch
    {
        StepPhase.Stage => "Stage",
        StepPhase.Trial => "Trial",
        StepPhase.FullRun => "FullRun",
        _ => "AfterTrial",
    };
}
