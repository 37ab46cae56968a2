using LogMl.Host.Manifests;

namespace LogMl.Host.Search;

/// <summary>Formats points for messages.</summary>
internal static class PointText
{
    /// <summary>A message of user code, ended as a sentence, and then a sentence about the point.</summary>
    public static string After(string message, string sentence) =>
        message.EndsWith('.') || message.EndsWith('!') || message.EndsWith('?') ? $"{message} {sentence}" : $"{message}. {sentence}";

    /// <summary>Words at the start of a sentence.</summary>
    public static string Sentence(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    /// <summary>The values in the order of the space: <c>{ model_train.leaves: 64, model_train.kind: plain }</c>.</summary>
    public static string Of(Manifest manifest, IReadOnlyDictionary<string, double> values) =>
        $"{{ {string.Join(", ", manifest.TopParameters.SelectMany(parameter => parameter.ValuesIn(values))
            .Select(value => $"{value.Name}: {value.Parameter.Text(value.Value)}"))} }}";
}
