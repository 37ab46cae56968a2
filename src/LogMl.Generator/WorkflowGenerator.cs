using LogMl.Configuration;
using LogMl.Generator.Emit;
using LogMl.Generator.Inputs;
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
        var project = context.CompilationProvider.Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, _) => ProjectInfo.Of(BuildProperties.Of(pair.Right), pair.Left))
            .WithTrackingName(TrackingNames.Project);

        var files = context.AdditionalTextsProvider.Combine(context.AnalyzerConfigOptionsProvider)
            .Where(static pair => ConfigurationFile.IsMarked(pair.Left, pair.Right))
            .Select(static (pair, cancellation) => ConfigurationFile.Read(pair.Left, pair.Right, cancellation))
            .WithTrackingName(TrackingNames.ConfigurationFiles)
            .Collect();
        var configurations = files.Combine(project)
            .Select(static (pair, _) => WorkflowFiles.Workflows(pair.Left, pair.Right))
            .WithTrackingName(TrackingNames.Configuration);

        var marked = context.SyntaxProvider.ForAttributeWithMetadataName(
            StepMethodReader.AttributeName, static (_, _) => true, StepMethodReader.Read);
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

        var marks = context.SyntaxProvider.ForAttributeWithMetadataName(
                WorkflowMark.AttributeName, static (_, _) => true, WorkflowMark.Read)
            .SelectMany(static (all, _) => all)
            .WithTrackingName(TrackingNames.WorkflowMarks)
            .Collect();

        // Methods of which it is not known what they are, or where they belong.
        var hasUnreadSteps = marked.Where(static source => source is null).Collect().Combine(marks).Combine(configurations)
            .Select(static (input, _) =>
            {
                var ((unread, places), workflows) = input;
                return !unread.IsEmpty || places.Any(mark => workflows.All(workflow => workflow.Name != mark.Name));
            });

        var written = configurations.Combine(methods).Combine(constraints).Combine(project)
            .SelectMany(static (input, _) =>
            {
                var (((workflows, steps), rules), info) = input;
                return WorkflowInputs.Of(workflows, steps, rules, info);
            })
            .WithTrackingName(TrackingNames.Inputs);
        var hidden = written.Combine(context.CompilationProvider)
            .Select(static (pair, cancellation) =>
            {
                var branches = HiddenBranches.Find(pair.Left, pair.Right, cancellation);
                var completed = HiddenBranches.AddTo(pair.Left, branches);
                return (
                    Inputs: pair.Left,
                    Branches: branches,
                    Properties: HiddenProperties.Find(completed, pair.Right, cancellation),
                    Unread: UnreadParameters.Find(completed, pair.Right, cancellation));
            })
            .WithTrackingName(TrackingNames.HiddenBranches);
        var inputs = hidden
            .Select(static (found, _) =>
                HiddenBranches.AddTo(found.Inputs, found.Branches) with
                {
                    HiddenProperties = found.Properties,
                    Unread = found.Unread,
                })
            .WithTrackingName(TrackingNames.CompletedInputs);
        var ownSources = inputs.Combine(context.CompilationProvider)
            .Select(static (pair, cancellation) => (Inputs: pair.Left, Types: OwnTypes.Find(pair.Left, pair.Right, cancellation)))
            .WithTrackingName(TrackingNames.OwnTypeSources);
        var ownTypes = ownSources
            .Select(static (pair, _) => (pair.Inputs, Types: pair.Types.Select(source => source.Type).ToEquatableArray()))
            .WithTrackingName(TrackingNames.OwnTypes);
        var elsewhere = context.CompilationProvider.Combine(methods)
            .Select(static (pair, cancellation) => pair.Right.IsEmpty ? ReferencedSteps.Find(pair.Left, cancellation) : "")
            .WithTrackingName(TrackingNames.StepsElsewhere);

        var modeled = ownTypes.Select(static (pair, _) => (
            pair.Inputs,
            Parameters: ParameterModel.Of(
                pair.Inputs.Configuration, pair.Inputs.Taking, pair.Inputs.Workflow, pair.Types, pair.Inputs.HiddenProperties)));
        var parameters = modeled.Select(static (pair, _) => pair.Parameters).WithTrackingName(TrackingNames.Parameters);
        var allTypes = parameters.Select(static (model, _) => WorkflowTypes.Of(model)).Collect()
            .Select(static (all, _) => all.ToEquatableArray())
            .WithTrackingName(TrackingNames.AllTypes);
        var loader = parameters.Select(static (model, _) => ParameterLoader.Of(model)).WithTrackingName(TrackingNames.Loader);
        var bestFiles = context.AdditionalTextsProvider.Combine(context.AnalyzerConfigOptionsProvider)
            .Where(static pair => BestFile.IsMarked(pair.Left, pair.Right))
            .Select(static (pair, cancellation) => BestFile.Read(pair.Left, pair.Right, cancellation))
            .WithTrackingName(TrackingNames.BestFiles)
            .Collect();
        var best = parameters.Combine(bestFiles).Combine(allTypes).Select(static (input, _) =>
        {
            var ((model, read), types) = input;
            return BestParameters.Of(read, model, types);
        });
        var bestValues = best.Select(static (read, _) => read.Values).WithTrackingName(TrackingNames.Best);
        var settings = ownTypes
            .SelectMany(static (pair, _) =>
            {
                var ((workflow, configuration, _, _), own) = pair;
                return SettingsClass.Of(configuration, workflow, StepMethods.ArePublic(pair.Inputs.Taking))
                    .Where(settings => own.All(type => type.Name != settings.ClassName && !type.IsNamespace));
            })
            .WithTrackingName(TrackingNames.Settings);
        var plans = modeled.Combine(allTypes).Combine(elsewhere).Combine(hasUnreadSteps)
            .Select(static (input, _) =>
            {
                var (((model, types), assemblyWithSteps), isUnread) = input;
                return WorkflowPlanner.Plan(model.Inputs, model.Parameters, types, assemblyWithSteps, isUnread);
            })
            .WithTrackingName(TrackingNames.Plan);
        var workflow = plans.Select(static (plan, _) => plan.Workflow).WithTrackingName(TrackingNames.Workflow);
        var workflowClass = plans.Select(static (plan, _) => plan.Class).WithTrackingName(TrackingNames.WorkflowClass);
        var misplacedBest = bestFiles.Combine(allTypes)
            .SelectMany(static (pair, _) => BestParameters.WithoutWorkflow(pair.Left, pair.Right));
        var diagnostics = files.Combine(project).Combine(sources).Combine(constraintSources).Combine(marks).Combine(plans.Collect())
            .Combine(ownSources.Select(static (pair, _) => pair.Types).Collect())
            .SelectMany(static (input, _) =>
            {
                var ((((((yaml, info), steps), rules), places), planned), own) = input;
                return new DiagnosticPlacer(WorkflowFiles.Check(yaml, info), steps.AddRange(rules)).PlaceAll(places, own, planned);
            })
            .WithTrackingName(TrackingNames.Diagnostics);

        context.RegisterSourceOutput(parameters.SelectMany(static (model, _) => model.Records), Outputs.Record);
        context.RegisterSourceOutput(parameters.Select(static (model, _) => model.All), Outputs.AllRecords);
        context.RegisterSourceOutput(loader, Outputs.Load);
        context.RegisterSourceOutput(bestValues, Outputs.Best);
        context.RegisterSourceOutput(
            best.SelectMany(static (read, _) => read.Diagnostics),
            static (output, diagnostic) => output.ReportDiagnostic(diagnostic.ToDiagnostic()));
        context.RegisterSourceOutput(misplacedBest, static (output, diagnostic) => output.ReportDiagnostic(diagnostic.ToDiagnostic()));
        context.RegisterSourceOutput(settings, Outputs.Settings);
        context.RegisterSourceOutput(workflow, Outputs.Workflow);
        context.RegisterSourceOutput(workflowClass, Outputs.Class);
        context.RegisterSourceOutput(diagnostics, static (output, diagnostic) => output.ReportDiagnostic(diagnostic.ToDiagnostic()));
    }
}
