using System.Globalization;
using LogMl.Host.Manifests;
using LogMl.Shared.Parameters;
using LogMl.Shared.Requests;

namespace LogMl.Host.Search;

/// <summary>What a single run is made with: the defaults, the values of a trial, or those of a file.</summary>
/// <param name="Values">The values of searched parameters; what is not there has its default.</param>
/// <param name="Words">What they are, for messages: <c>the defaults of 'functions'</c>.</param>
internal sealed record RunParameters(IReadOnlyDictionary<string, double> Values, string Words)
{
    /// <summary>The value of <c>LogMlParameters</c> for the best trial.</summary>
    private const string Best = "best";

    /// <summary>The trial that they are of; null for none.</summary>
    public FoundTrial? Trial { get; private init; }

    /// <summary>The file that they are from; null for none.</summary>
    public string? File { get; private init; }

    /// <summary>Finds what the request asks for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="events">Receives the warnings.</param>
    /// <param name="manifest">The manifest of the assembly.</param>
    /// <exception cref="HostException">There is no such trial, or the file cannot be used.</exception>
    public static RunParameters Of(HostRequest request, HostEvents events, Manifest manifest)
    {
        if (request.Parameters is not { } asked)
        {
            return new RunParameters(new Dictionary<string, double>(), "the defaults of 'functions'");
        }

        var isNumber = int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (!isNumber && asked != Best)
        {
            var values = Read(asked, manifest);
            var words = $"the parameters of {DisplayPath.Of(asked, request.ShellDirectory)}";
            string[] missing = [.. manifest.TopParameters.Select(known => known.Name).Where(name => !values.ContainsKey(name))];
            WarnOfDefaults(events, words, missing);
            return new RunParameters(values, words) { File = asked };
        }

        var trial = FoundTrial.Find(request, events, manifest, isNumber ? number : null);
        trial.Warn(events);
        var parameters = $"the parameters of {trial.Words}";
        WarnOfDefaults(events, parameters, trial.Missing);
        return new RunParameters(trial.Values, parameters) { Trial = trial };
    }

    private static IReadOnlyDictionary<string, double> Read(string path, Manifest manifest)
    {
        try
        {
            return ParameterFile.Read(System.IO.File.ReadAllText(path), manifest);
        }
        catch (ParameterFileException exception)
        {
            throw new HostException(
                HostErrors.ParametersUnusable, exception.Message + (exception.Message.EndsWith('?') ? "" : "."))
            {
                Place = new SourcePlace(path, exception.Place.Line) { Column = exception.Place.Column },
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HostException(HostErrors.ParametersUnusable, $"The file cannot be read: {exception.Message}")
            {
                Place = new SourcePlace(path, 0),
            };
        }
    }

    private static void WarnOfDefaults(HostEvents events, string words, IReadOnlyList<string> missing)
    {
        if (missing.Count > 0)
        {
            events.Warning(
                HostErrors.DefaultsTaken, SourcePlace.Unknown,
                $"{PointText.Sentence(words)} have no value for {string.Join(", ", missing.Select(name => $"'{name}'"))}: "
                + "the run takes the default.");
        }
    }
}
