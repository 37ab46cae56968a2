using LogMl.Generator.Inputs;
using LogMl.Generator.Parameters;
using LogMl.Generator.Planning;
using Microsoft.CodeAnalysis;

namespace LogMl.Generator.Emit;

/// <summary>Adds the generated files to the compilation.</summary>
internal static class Outputs
{
    public static void Record(SourceProductionContext output, StepParameters record) =>
        output.AddSource($"{record.Workflow.FilePrefix}LogMl.Parameters.{record.Step}.g.cs", ParametersEmitter.Emit(record));

    public static void AllRecords(SourceProductionContext output, AllParameters? all)
    {
        if (all is not null)
        {
            output.AddSource(all.Workflow.FilePrefix + "LogMl.Parameters.g.cs", ParametersEmitter.Emit(all));
        }
    }

    public static void Load(SourceProductionContext output, ParameterLoader? loader)
    {
        if (loader is not null)
        {
            output.AddSource(loader.All.Workflow.FilePrefix + "LogMl.Parameters.Load.g.cs", ParameterFileEmitter.EmitLoad(loader));
        }
    }

    public static void Best(SourceProductionContext output, BestParameters? best)
    {
        if (best is not null)
        {
            output.AddSource(best.All.Workflow.FilePrefix + "LogMl.Parameters.Best.g.cs", ParameterFileEmitter.EmitBest(best));
        }
    }

    public static void Settings(SourceProductionContext output, SettingsClass settings) =>
        output.AddSource($"{settings.Workflow.FilePrefix}LogMl.Settings.{settings.Section}.g.cs", SettingsEmitter.Emit(settings));

    public static void Class(SourceProductionContext output, WorkflowClass? workflow)
    {
        if (workflow is not null)
        {
            output.AddSource(workflow.Workflow.FilePrefix + "LogMl.WorkflowClass.g.cs", WorkflowClassEmitter.Emit(workflow));
        }
    }

    public static void Workflow(SourceProductionContext output, WorkflowModel? workflow)
    {
        if (workflow is not null)
        {
            output.AddSource(workflow.Workflow.FilePrefix + "LogMl.Workflow.g.cs", WorkflowEmitter.Emit(workflow));
        }
    }
}
