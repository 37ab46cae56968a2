using System.Collections.Immutable;
using LogMl.Configuration;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Inputs;
using LogMl.Generator.Model;

namespace LogMl.Generator;

/// <summary>Gives diagnostics their positions. Only this class knows positions, so that a moved line changes no generated code.</summary>
internal static class DiagnosticPlacer
{
    public static IEnumerable<PlacedDiagnostic> PlaceAll(
        ImmutableArray<ConfigurationFile> files,
        ImmutableArray<StepMethodSource> sources,
        EquatableArray<OwnTypeSource> ownTypes,
        EquatableArray<StepDiagnostic> found)
    {
        var used = ConfigurationFiles.Used(files);
        foreach (var file in ConfigurationFiles.Unused(files))
        {
            yield return new PlacedDiagnostic(
                StepDiagnostics.SeveralConfigurations, new Place(file.Path, default), EquatableArray.Of(FileNameOf(used!.Path)));
        }

        foreach (var diagnostic in used?.Result.Diagnostics ?? default)
        {
            yield return new PlacedDiagnostic(diagnostic.Definition, new Place(used!.Path, diagnostic.Span), diagnostic.Arguments);
        }

        foreach (var own in ownTypes)
        {
            yield return new PlacedDiagnostic(own.Definition, own.Place, own.Arguments);
        }

        foreach (var diagnostic in found)
        {
            yield return new PlacedDiagnostic(diagnostic.Definition, PlaceOf(diagnostic.Target, used, sources), diagnostic.Arguments);
        }
    }

    private static Place PlaceOf(DiagnosticTarget target, ConfigurationFile? file, ImmutableArray<StepMethodSource> sources)
    {
        if (target.YamlPath is { } path)
        {
            return file is null ? Place.None : new Place(file.Path, file.Result.Positions.FindNearest(path));
        }

        var source = sources.FirstOrDefault(candidate => candidate.Method.Id == target.MethodId);
        return source is null ? Place.None : target.In(source.Places);
    }

    private static string FileNameOf(string path) => path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
}
