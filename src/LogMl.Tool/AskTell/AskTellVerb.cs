using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LogMl.Optimization;
using LogMl.Shared;
using LogMl.Shared.Sampling;
using LogMl.Storage;
using LogMl.Tool.Storages;

namespace LogMl.Tool.AskTell;

/// <summary>The verb <c>ask-tell</c>: offers the samplers to a program in any language, which runs the trials (docs/ask-tell.md).</summary>
internal sealed class AskTellVerb : IDisposable
{
    private readonly StudyStorage? _storage;
    private readonly StoredStudy? _stored;
    private readonly ITrialSource _trials;
    private readonly int _evaluations;
    private readonly ToolConsole _console;
    private readonly PointWriter _point;
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _json;

    private AskTellVerb(AskTellRequest request, ToolConsole console)
    {
        try
        {
            var (space, study) = Read(request, console);
            var points = request.Points is { } file
                ? JsonFile.Read(console, file, "--points-to-evaluate", json => PointsReader.Read(json, space))
                : [];
            if (request.Storage is { } place)
            {
                _storage = Open(place, console);
                _stored = StoredStudy.Open(
                    _storage, request.Study ?? AskTellRequest.UsualStudy, space, study,
                    new StoredStudyOptions { FirstPoints = points, ObjectiveNames = [ObjectiveWords.Loss] });
            }

            _trials = _stored is null
                ? new InMemoryTrials(new Study(space, study), request.Evaluations, points)
                : new StoredTrials(_stored, request.Evaluations, console);
        }
        catch (ArgumentException exception)
        {
            _storage?.Dispose();
            throw new ToolException(
                ToolErrors.AskTell, $"{request.Algorithm} cannot search this space: {ArgumentText.Of(exception)}");
        }
        catch
        {
            _storage?.Dispose();
            throw;
        }

        _evaluations = request.Evaluations;
        _console = console;
        _point = new PointWriter(_trials.History.Parameters);
        _json = new Utf8JsonWriter(_line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>Writes proposals to the output, and reads answers from the standard input.</summary>
    /// <exception cref="ToolException">A file or an answer is wrong.</exception>
    /// <exception cref="StorageException">The study has another space, or the storage cannot be used any more.</exception>
    public static int Run(AskTellRequest request, ToolConsole console)
    {
        if (request is { Storage: null, Study: not null })
        {
            throw new ToolException(
                ToolErrors.Usage,
                "--study is the name of a study in a store, but there is no --storage. Add --storage, or leave --study out.");
        }

        using var verb = new AskTellVerb(request, console);
        return verb.Converse();
    }

    public void Dispose()
    {
        _json.Dispose();
        _stored?.Dispose();
        _storage?.Dispose();
    }

    /// <summary>Writes one line on stderr. It may quote what another program has written.</summary>
    internal static void WriteMessage(ToolConsole console, string message) =>
        console.Error.WriteLine("ask-tell: " + VisibleText.Of(OneLine.Of(message)));

    private static (SearchSpace Space, StudyOptions Options) Read(AskTellRequest request, ToolConsole console)
    {
        var space = JsonFile.Read(console, request.Space, "--space", json => ProposalKeys.Require(SearchSpace.Parse(json)));
        var sampler = request.Options is { } file
            ? JsonFile.Read(
                console, file, "--options", json => SamplerFactory.Create(request.Algorithm, request.Seed, json, request.Evaluations))
            : SamplerFactory.Create(request.Algorithm, request.Seed, null, request.Evaluations);
        return (space, new StudyOptions { Sampler = sampler });
    }

    private static StudyStorage Open(string place, ToolConsole console)
    {
        try
        {
            return GivenPlace.Read(place, "--storage", console).Open();
        }
        catch (Exception exception) when (exception is StorageException or ToolException)
        {
            // The command line, or the variable that it names, has an invalid location.
            throw new ToolException(ToolErrors.AskTell, exception.Message);
        }
    }

    private int Converse()
    {
        using var input = _console.OpenInput();
        var lines = new LineReader(input);
        for (var number = 1; _trials.Ask() is { } trial; number++)
        {
            if (!Propose(trial) || lines.ReadLine() is not { } line)
            {
                _trials.Abandon();
                return ExitCodes.Done;
            }

            try
            {
                _trials.Tell(Answer.Parse(line));
            }
            catch (FormatException exception)
            {
                _trials.Abandon();
                throw new ToolException(
                    ToolErrors.AskTell, FormattableString.Invariant($"line {number} of the input: {exception.Message}"));
            }
        }

        if (_trials.History.Trials.Count < _evaluations)
        {
            var count = _trials.History.Trials.Count;
            WriteMessage(_console, FormattableString.Invariant($"all {count} points of the space have been proposed."));
        }

        return ExitCodes.Done;
    }

    /// <returns>False when the caller no longer reads.</returns>
    private bool Propose(TrialView trial)
    {
        _line.ResetWrittenCount();
        _json.Reset();
        _point.Write(_json, trial);
        _json.Flush();
        try
        {
            _console.Output.Write(Encoding.UTF8.GetString(_line.WrittenSpan) + "\n");
            _console.Output.Flush();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
