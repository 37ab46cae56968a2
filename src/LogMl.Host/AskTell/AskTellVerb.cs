using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using LogMl.Host.Sampling;
using LogMl.Optimization;
using LogMl.Shared;

namespace LogMl.Host.AskTell;

/// <summary>The verb <c>ask-tell</c>: the samplers for a program in any language, which runs the trials (docs/ask-tell.md).</summary>
internal sealed class AskTellVerb : IDisposable
{
    private readonly Study _study;
    private readonly Stream _output;
    private readonly string[] _keys;
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _json;

    private AskTellVerb(AskTellOptions options, Stream output)
    {
        _study = CreateStudy(options);
        _output = output;
        _keys = [.. _study.Parameters.Select(parameter => parameter.Distribution is ChoiceDistribution ? parameter.Name + "#index" : parameter.Name)];
        _json = new Utf8JsonWriter(_line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>Proposes on <paramref name="output"/> and learns from <paramref name="input"/>.</summary>
    /// <returns>One of <see cref="ExitCodes"/>; 2 with a line on <paramref name="errors"/> when something is wrong.</returns>
    public static int Run(IReadOnlyList<string> args, Stream input, Stream output, TextWriter errors)
    {
        try
        {
            var options = AskTellOptions.Parse(args);
            using var verb = new AskTellVerb(options, output);
            return verb.Converse(options.Evaluations, input, errors);
        }
        catch (HostException exception)
        {
            errors.WriteLine("ask-tell: " + exception.Message.ReplaceLineEndings(" "));
            return ExitCodes.WrongInput;
        }
    }

    public void Dispose() => _json.Dispose();

    private static Study CreateStudy(AskTellOptions options)
    {
        var space = JsonFile.Read(options.Space, "--space", SpaceReader.Read);
        var sampler = options.Options is { } file
            ? JsonFile.Read(file, "--options", json => SamplerFactory.Create(options.Algorithm, options.Seed, json, options.Evaluations))
            : SamplerFactory.Create(options.Algorithm, options.Seed, null, options.Evaluations);
        try
        {
            return new Study(space, new StudyOptions { Sampler = sampler });
        }
        catch (ArgumentException exception)
        {
            throw new HostException(HostErrors.Usage, $"{options.Algorithm} cannot search this space: {exception.Message}");
        }
    }

    private int Converse(int evaluations, Stream input, TextWriter errors)
    {
        var lines = new LineReader(input);
        for (var number = 0; number < evaluations; number++)
        {
            if (_study.TryAsk() is not { } trial)
            {
                errors.WriteLine(FormattableString.Invariant($"ask-tell: all {number} points of the space have been proposed."));
                return ExitCodes.Done;
            }

            if (!Propose(trial) || lines.ReadLine() is not { } line)
            {
                return ExitCodes.Done;
            }

            try
            {
                Answer.Parse(line).Tell(_study, trial);
            }
            catch (FormatException exception)
            {
                throw new HostException(HostErrors.Usage, FormattableString.Invariant($"line {number + 1} of the input: {exception.Message}"));
            }
        }

        return ExitCodes.Done;
    }

    /// <returns>False when nobody listens any more.</returns>
    private bool Propose(Trial trial)
    {
        _line.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteStartObject("params");
        for (var i = 0; i < _keys.Length; i++)
        {
            if (trial.Values.TryGetValue(_study.Parameters[i].Name, out var value))
            {
                _json.WriteNumber(_keys[i], value);
            }
        }

        _json.WriteEndObject();
        _json.WriteEndObject();
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
