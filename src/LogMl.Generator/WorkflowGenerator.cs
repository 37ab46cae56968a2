using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Emit;
using LogMl.Generator.Inputs;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;
using LogMl.Generator.Planning;
using Microsoft.CodeAnalysis;

namespace LogMl.Generator;

/// <summary>Generates a typed workflow from a Log(ML) YAML file and the methods that are marked as its steps.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class WorkflowGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var files = context.AdditionalTextsProvider.Combine(context.AnalyzerConfigOptionsProvider)
            .Where(static pair => ConfigurationFile.IsMarked(pair.Left, pair.Right))
            .Select(static (pair, cancellation) => ConfigurationFile.Read(pair.Left, cancellation))
            .WithTrackingName(TrackingNames.ConfigurationFiles)
            .Collect();
        var configuration = files
            .Select(static (all, _) => ConfigurationFiles.Used(all)?.Result.Configuration ?? WorkflowConfiguration.Empty)
            .WithTrackingName(TrackingNames.Configuration);

        var marked = context.SyntaxProvider.ForAttributeWithMetadataName(
            StepMethodReader.AttributeName, static (_, _) => true, StepMethodReader.Read);
        var hasUnreadSteps = marked.Where(static source => source is null).Collect().Select(static (all, _) => !all.IsEmpty);
        var sources = marked
            .Where(static source => source is not null)
            .Select(static (source, _) => source!)
            .WithTrackingName(TrackingNames.MethodSources)
            .Collect();
        var methods = sources.Select(static (all, _) => StepMethods.Of(all)).WithTrackingName(TrackingNames.Methods);

        var constraintSources = context.SyntaxProvider.ForAttributeWithMetadataName(
                StepMethodReader.ConstraintAttributeName, static (_, _) => true, StepMethodReader.ReadConstraint)
            .Where(static source => source is not null)
            .Select(static (source, _) => source!)
            .Collect();
        var constraints = constraintSources.Select(static (all, _) => StepMethods.Of(all))
            .WithTrackingName(TrackingNames.SearchConstraints);
        var taking = methods.Combine(constraints).Select(static (both, _) => both.Left.Concat(both.Right).ToEquatableArray());

        var project = context.CompilationProvider.Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, _) => ProjectInfo.Of(BuildProperties.Of(pair.Right), pair.Left))
            .WithTrackingName(TrackingNames.Project);

        var ownSources = context.CompilationProvider.Combine(configuration).Combine(taking).Combine(project)
            .Select(static (input, cancellation) =>
            {
                var (((compilation, read), steps), info) = input;
                return OwnTypes.Find(read, steps, info, compilation, cancellation);
            })
            .WithTrackingName(TrackingNames.OwnTypeSources);
        var ownTypes = ownSources.Select(static (all, _) => all.Select(source => source.Type).ToEquatableArray())
            .WithTrackingName(TrackingNames.OwnTypes);
        var elsewhere = context.CompilationProvider.Combine(methods)
            .Select(static (pair, cancellation) => pair.Right.IsEmpty ? ReferencedSteps.Find(pair.Left, cancellation) : "")
            .WithTrackingName(TrackingNames.StepsElsewhere);

        var parameters = configuration.Combine(taking).Combine(project).Combine(ownTypes)
            .Select(static (input, _) => ParameterModel.Of(input.Left.Left.Left, input.Left.Left.Right, input.Left.Right, input.Right))
            .WithTrackingName(TrackingNames.Parameters);
        var loader = parameters.Combine(project)
            .Select(static (pair, _) => ParameterLoader.Of(pair.Left, pair.Right))
            .WithTrackingName(TrackingNames.Loader);
        var bestFiles = context.AdditionalTextsProvider.Combine(context.AnalyzerConfigOptionsProvider)
            .Where(static pair => BestFile.IsMarked(pair.Left, pair.Right))
            .Select(static (pair, cancellation) => BestFile.Read(pair.Left, cancellation))
            .WithTrackingName(TrackingNames.BestFiles)
            .Collect();
        var best = bestFiles.Combine(parameters).Select(static (pair, _) => BestParameters.Of(pair.Left, pair.Right));
        var bestValues = best.Select(static (read, _) => read.Values).WithTrackingName(TrackingNames.Best);
        var isPublic = taking.Select(static (all, _) => StepMethods.ArePublic(all));
        var settings = configuration.Combine(project).Combine(isPublic).Combine(ownTypes)
            .SelectMany(static (input, _) =>
            {
                var (((read, info), isVisible), own) = input;
                return SettingsClass.Of(read, info.Namespace, isVisible)
                    .Where(settings => own.All(type => type.Name != settings.ClassName));
            })
            .WithTrackingName(TrackingNames.Settings);
        var plan = configuration.Combine(methods).Combine(parameters).Combine(project).Combine(elsewhere).Combine(hasUnreadSteps)
            .Combine(constraints)
            .Select(static (input, _) =>
            {
                var ((((((read, steps), records), info), assemblyWithSteps), isUnread), rules) = input;
                return WorkflowPlanner.Plan(read, steps, rules, records, info, assemblyWithSteps, isUnread);
            })
            .WithTrackingName(TrackingNames.Plan);
        var workflow = plan.Select(static (all, _) => all.Workflow).WithTrackingName(TrackingNames.Workflow);
        var workflowClass = plan.Select(static (all, _) => all.Class).WithTrackingName(TrackingNames.WorkflowClass);
        var diagnostics = files.Combine(sources).Combine(constraintSources).Combine(plan).Combine(ownSources)
            .SelectMany(static (input, _) =>
            {
                var ((((yaml, steps), rules), planned), own) = input;
                return DiagnosticPlacer.PlaceAll(yaml, steps.AddRange(rules), own, planned.Diagnostics);
            })
            .WithTrackingName(TrackingNames.Diagnostics);

        context.RegisterSourceOutput(parameters.SelectMany(static (model, _) => model.Records), Outputs.Record);
        context.RegisterSourceOutput(parameters.Select(static (model, _) => model.All), Outputs.AllRecords);
        context.RegisterSourceOutput(loader, Outputs.Load);
        context.RegisterSourceOutput(bestValues, Outputs.Best);
        context.RegisterSourceOutput(
            best.SelectMany(static (read, _) => read.Diagnostics),
            static (output, diagnostic) => output.ReportDiagnostic(diagnostic.ToDiagnostic()));
        context.RegisterSourceOutput(settings, Outputs.Settings);
        context.RegisterSourceOutput(workflow, Outputs.Workflow);
        context.RegisterSourceOutput(workflowClass, Outputs.Class);
        context.RegisterSourceOutput(diagnostics, static (output, diagnostic) => output.ReportDiagnostic(diagnostic.ToDiagnostic()));
    }
}
