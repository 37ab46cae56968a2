using System.Collections.Immutable;
using LogMl.Configuration;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Inputs;
using LogMl.Generator.Model;
using LogMl.Generator.Planning;

namespace LogMl.Generator;

/// <summary>Gives diagnostics their positions. Only this class knows positions, so that a moved line changes no generated code.</summary>
/// <param name="files">The YAML files of the project.</param>
/// <param name="sources">Its methods.</param>
internal sealed class DiagnosticPlacer(IReadOnlyList<CheckedFile> files, ImmutableArray<StepMethodSource> sources)
{
    /// <summary>All diagnostics. A method that several workflows share has one mistake, and not one for each.</summary>
    /// <param name="marks">The attributes that say to which workflow a class belongs.</param>
    /// <param name="ownTypes">The types of the project that collide with generated ones, for each workflow.</param>
    /// <param name="plans">What was found for each workflow.</param>
    public IEnumerable<PlacedDiagnostic> PlaceAll(
        ImmutableArray<WorkflowMark> marks,
        ImmutableArray<EquatableArray<OwnTypeSource>> ownTypes,
        ImmutableArray<WorkflowPlan> plans) =>
        files.SelectMany(OfFile)
            .Concat(OfMarks(marks))
            .Concat(ownTypes.SelectMany(all => all).Select(own => new PlacedDiagnostic(own.Definition, own.Place, own.Arguments)))
            .Concat(plans.SelectMany(plan => plan.Diagnostics.Select(found =>
                new PlacedDiagnostic(found.Definition, PlaceOf(found.Target, plan.Name), found.Arguments))))
            .Distinct();

    private static IEnumerable<PlacedDiagnostic> OfFile(CheckedFile file) => file.Flaw is { } flaw
        ? [new PlacedDiagnostic(flaw, new Place(file.File.Path, default), file.Arguments)]
        : file.File.Result.Diagnostics.Select(diagnostic =>
            new PlacedDiagnostic(diagnostic.Definition, new Place(file.File.Path, diagnostic.Span), diagnostic.Arguments));

    private IEnumerable<PlacedDiagnostic> OfMarks(ImmutableArray<WorkflowMark> marks)
    {
        var known = files.Select(file => file.File.Workflow).Where(name => name.Length > 0).ToList();
        var unnamed = files.Any(file => file.File.Workflow.Length == 0) ? ", and with a bare [Workflow] the unnamed one" : "";
        return marks.Where(mark => mark.Name.Length > 0 && !known.Contains(mark.Name)).Select(mark => new PlacedDiagnostic(
            StepDiagnostics.UnknownWorkflow, mark.Place, EquatableArray.Of(
                mark.Name,
                WorkflowNames.Advice(
                    mark.Name, known, $"add <LogMlWorkflow Include=\"{mark.Name}.yaml\" /> to it, and the file", unnamed))));
    }

    private Place PlaceOf(DiagnosticTarget target, string workflow)
    {
        if (target.YamlPath is { } path)
        {
            return files.FirstOrDefault(file => file.Flaw is null && file.File.Workflow == workflow)?.File is { } used
                ? new Place(used.Path, used.Result.Positions.FindNearest(path))
                : Place.None;
        }

        var source = sources.FirstOrDefault(candidate => candidate.Method.Id == target.MethodId);
        return source is null ? Place.None : target.In(source.Places);
    }
}
