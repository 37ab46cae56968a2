using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LogMl.Host.Sampling;
using LogMl.Optimization;
using LogMl.Shared;
using LogMl.Storage;

namespace LogMl.Host.AskTell;

/// <summary>The verb <c>ask-tell</c>: offers the samplers to a program in any language, which runs the trials (docs/ask-tell.md).</summary>
internal sealed class AskTellVerb : IDisposable
{
    private readonly StudyStorage? _storage;
    private readonly StoredStudy? _stored;
    private readonly ITrialSource _trials;
    private readonly int _evaluations;
    private readonly Stream _output;
    private readonly PointWriter _point;
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _json;

    private AskTellVerb(AskTellOptions options, Stream output, TextWriter errors)
    {
        try
        {
            (var space, var study) = Read(options);
            var points = options.Points is { } file
                ? JsonFile.Read(file, "--points-to-evaluate", json => PointsReader.Read(json, space))
                : [];
            if (options.Storage is not null)
            {
                _storage = Open(options.Storage);
                _stored = StoredStudy.Open(
                    _storage, options.Study, space, study,
                    new StoredStudyOptions { FirstPoints = points, ObjectiveNames = [ObjectiveWords.Loss] });
            }

            _trials = _stored is null
                ? new InMemoryTrials(new Study(space, study), options.Evaluations, points)
                : new StoredTrials(_stored, options.Evaluations, errors);
        }
        catch (ArgumentException exception)
        {
            _storage?.Dispose();
            throw new HostException(HostErrors.Usage, $"{options.Algorithm} cannot search this space: {ArgumentText.Of(exception)}");
        }
        catch
        {
            _storage?.Dispose();
            throw;
        }

        _evaluations = options.Evaluations;
        _output = output;
        _point = new PointWriter(_trials.History.Parameters);
        _json = new Utf8JsonWriter(_line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>Writes proposals to <paramref name="output"/> and reads answers from <paramref name="input"/>.</summary>
    /// <returns>One of <see cref="ExitCodes"/>; 2 with a line on <paramref name="errors"/> when something is wrong.</returns>
    public static int Run(IReadOnlyList<string> args, Stream input, Stream output, TextWriter errors)
    {
        if (args.Contains("--help") || args.Contains("-h"))
        {
            output.Write(Encoding.UTF8.GetBytes(AskTellOptions.Help));
            return ExitCodes.Done;
        }

        try
        {
            var options = AskTellOptions.Parse(args);
            using var verb = new AskTellVerb(options, output, errors);
            return verb.Converse(input, errors);
        }
        catch (HostException exception)
        {
            WriteMessage(errors, exception.Message);
            return ExitCodes.WrongInput;
        }
        catch (StorageException exception)
        {
            WriteMessage(errors, exception.Message);
            return ExitCodes.Failed;
        }
    }

    public void Dispose()
    {
        _json.Dispose();
        _stored?.Dispose();
        _storage?.Dispose();
    }

    /// <summary>Writes one line on stderr. It may quote the caller's input.</summary>
    internal static void WriteMessage(TextWriter errors, string message) =>
        errors.WriteLine("ask-tell: " + VisibleText.Of(OneLine.Of(message)));

    private static (SearchSpace Space, StudyOptions Options) Read(AskTellOptions options)
    {
        var space = JsonFile.Read(options.Space, "--space", json => ProposalKeys.Require(SearchSpace.Parse(json)));
        var sampler = options.Options is { } file
            ? JsonFile.Read(file, "--options", json => SamplerFactory.Create(options.Algorithm, options.Seed, json, options.Evaluations))
            : SamplerFactory.Create(options.Algorithm, options.Seed, null, options.Evaluations);
        return (space, new StudyOptions { Sampler = sampler });
    }

    private static StudyStorage Open(string storage)
    {
        try
        {
            return OpenAt(storage);
        }
        catch (StorageException exception)
        {
            // The command line, or the variable that it names, has an invalid location.
            throw new HostException(HostErrors.Usage, exception.Message);
        }
    }

    private static StudyStorage OpenAt(string storage) => storage == AskTellOptions.FromEnvironment
        ? StorageSource.Parse(
            Environment.GetEnvironmentVariable(StorageSource.Variable) ?? throw new HostException(
                HostErrors.Usage, $"--storage is {storage}, but the environment variable {StorageSource.Variable} is not set."),
            $"the environment variable {StorageSource.Variable}").Open()
        : StudyStorages.Sqlite(storage);

    private int Converse(Stream input, TextWriter errors)
    {
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
                throw new HostException(HostErrors.Usage, FormattableString.Invariant($"line {number} of the input: {exception.Message}"));
            }
        }

        if (_trials.History.Trials.Count < _evaluations)
        {
            var count = _trials.History.Trials.Count;
            WriteMessage(errors, FormattableString.Invariant($"all {count} points of the space have been proposed."));
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
        _line.Write("\n"u8);
        try
        {
            _output.Write(_line.WrittenSpan);
            _output.Flush();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
