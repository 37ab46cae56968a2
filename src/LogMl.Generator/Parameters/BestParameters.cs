using System.Collections.Immutable;
using LogMl.Configuration;
using LogMl.Configuration.Diagnostics;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Inputs;
using LogMl.Shared.Parameters;

namespace LogMl.Generator.Parameters;

/// <summary>The values of <c>WorkflowParameters.Best</c>.</summary>
/// <param name="All">The record that has the property.</param>
/// <param name="Steps">The records of the steps that the file has; empty when it cannot be used, which is reported.</param>
internal sealed record BestParameters(AllParameters All, EquatableArray<BestStep> Steps)
{
    /// <summary>Reads the file of a workflow; nothing when it has none.</summary>
    /// <param name="files">All files.</param>
    /// <param name="parameters">The parameters of the workflow.</param>
    /// <param name="types">The types of each workflow.</param>
    public static (BestParameters? Values, EquatableArray<PlacedDiagnostic> Diagnostics) Of(
        ImmutableArray<BestFile> files, ParameterModel parameters, EquatableArray<WorkflowTypes> types)
    {
        if (parameters is not { All: { } all, HasBest: true })
        {
            return (null, default);
        }

        var sorted = BestFile.Of(parameters.Workflow.Name, files);
        if (sorted.Count == 0)
        {
            // A file of no workflow, which is reported, may be meant for this one.
            return (WithoutWorkflow(files, types).Any() ? new BestParameters(all, default) : null, default);
        }

        var diagnostics = sorted.Skip(1)
            .Select(other => new PlacedDiagnostic(
                StepDiagnostics.SeveralBest,
                new Place(other.Path, default),
                EquatableArray.Of(Path.GetFileName(sorted[0].Path), parameters.Workflow.DisplayName)))
            .ToList();

        // A type of the project in the place of a generated one is reported, and its values are unknown.
        if (parameters.IsIncomplete)
        {
            return (new BestParameters(all, default), diagnostics.ToEquatableArray());
        }

        var mistakes = new List<ParameterFileException>();
        var steps = Read(sorted[0].Text, parameters, mistakes);
        diagnostics.AddRange(mistakes.OrderBy(mistake => mistake.Place.Start).Select(mistake => new PlacedDiagnostic(
            StepDiagnostics.WrongBest, new Place(sorted[0].Path, SpanOf(mistake.Place)), EquatableArray.Of(mistake.Message))));
        return (new BestParameters(all, mistakes.Count == 0 ? steps : default), diagnostics.ToEquatableArray());
    }

    /// <summary>Reports the files of workflows that the project does not have.</summary>
    /// <param name="files">All files.</param>
    /// <param name="all">The types of each workflow.</param>
    public static IEnumerable<PlacedDiagnostic> WithoutWorkflow(ImmutableArray<BestFile> files, EquatableArray<WorkflowTypes> all)
    {
        var named = all.Select(types => types.Workflow.Name).Where(name => name.Length > 0).ToList();
        var hasUnnamed = all.Any(types => !types.Workflow.IsNamed && !types.Names.IsEmpty);
        return files
            .Where(file => file.Workflow.Length > 0 ? !named.Contains(file.Workflow) : named.Count > 0 && !hasUnnamed)
            .Select(file => new PlacedDiagnostic(
                StepDiagnostics.BestOfNoWorkflow, new Place(file.Path, default),
                EquatableArray.Of(
                    WorkflowIdentity.Display(file.Workflow), WorkflowNames.Advice(
                        file.Workflow, named, "remove it from the item", hasUnnamed ? ", and without it the unnamed one" : ""))));
    }

    private static EquatableArray<BestStep> Read(string text, ParameterModel parameters, List<ParameterFileException> mistakes)
    {
        if (Try(() => ParameterFileReader.Read(text), mistakes) is not { } steps)
        {
            return default;
        }

        _ = Try(() => Checked(steps, ParameterFileKeys.OfSteps(parameters.Records, parameters.Disabled), ParameterFileKeys.Step), mistakes);
        foreach (var step in ParameterFileKeys.WithoutRecord(parameters.Records, parameters.Disabled))
        {
            _ = Try(
                () => steps.Find(step) is { IsNull: false } values ? Checked(values, [StepKeys.Enable], step, isEnabled: false) : null,
                mistakes);
        }

        return parameters.Records.Select(record => Try(() => steps.Find(record.Step), mistakes) is { IsNull: false } values
                ? Read(values, record, !parameters.Disabled.Contains(record.Step), mistakes)
                : null)
            .OfType<BestStep>().ToEquatableArray();
    }

    private static BestStep? Read(ParameterNode values, StepParameters record, bool isEnabled, List<ParameterFileException> mistakes)
    {
        if (Try(values.Entries, mistakes) is null)
        {
            return null;
        }

        _ = Try(() => Checked(values, ParameterFileKeys.OfParameters(record), record.Step, isEnabled), mistakes);
        var properties = record.Properties
            .Select(property => values.Find(property.Parameter.Name) is { } value
                ? Try(() => $"{property.Name} = {property.Code(NodeValue.Of(value, property))}", mistakes)
                : null)
            .OfType<string>();
        return new BestStep(record.Step, properties.ToEquatableArray());
    }

    private static ParameterNode Checked(ParameterNode values, IEnumerable<string> keys, string step, bool isEnabled)
    {
        _ = Checked(values, keys, ParameterFileKeys.ParameterOf(step));
        values.RequireEnable(isEnabled);
        return values;
    }

    private static ParameterNode Checked(ParameterNode node, IEnumerable<string> keys, string what)
    {
        node.RequireKnown([.. keys], what);
        return node;
    }

    /// <summary>What is read, or null after a mistake. So each part of the file has its own error.</summary>
    private static T? Try<T>(Func<T?> read, List<ParameterFileException> mistakes)
        where T : class
    {
        try
        {
            return read();
        }
        catch (ParameterFileException exception)
        {
            mistakes.Add(exception);
            return null;
        }
    }

    private static SourceSpan SpanOf(FilePlace place) => new(
        place.Start, place.Length, place.Line - 1, place.Column - 1, place.Line - 1, place.Column - 1 + place.Length);
}

/// <summary>The values of a step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Assignments">The assignments in C#, one for each property that the file has.</param>
internal sealed record BestStep(string Step, EquatableArray<string> Assignments);
