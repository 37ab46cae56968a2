using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LogMl.Tool.Mlflow;

/// <summary>A run as it is to be on the server.</summary>
internal sealed record MlflowRun
{
    /// <summary>The number of the trial; null for the run of the study.</summary>
    public required int? Trial { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>One of MLflow's states: FINISHED, FAILED, KILLED, RUNNING.</summary>
    public required string Status { get; init; }

    /// <summary>When it began, in milliseconds since 1970; null when that is not known.</summary>
    public required long? Start { get; init; }

    /// <summary>When it ended, in milliseconds since 1970; null when it has not.</summary>
    public required long? End { get; init; }

    /// <summary>The tags, without those by which an export finds it.</summary>
    public required IReadOnlyList<MlflowText> Tags { get; init; }

    /// <summary>The parameters.</summary>
    public IReadOnlyList<MlflowText> Params { get; init; } = [];

    /// <summary>The metrics, in an order in which later ones come at the end.</summary>
    public IReadOnlyList<MlflowMetric> Metrics { get; init; } = [];

    /// <summary>How many names and values were changed so that MLflow accepts them.</summary>
    public int Changes { get; init; }

    /// <summary>A digest of all that is not in the state, by which a later export sees whether something has changed.</summary>
    public string Digest
    {
        get
        {
            var text = new StringBuilder().Append(Name).Append('\n').Append(End).Append('\n');
            foreach (var (key, value) in Tags.Concat(Params))
            {
                text.Append(key).Append('\0').Append(value).Append('\0');
            }

            foreach (var metric in Metrics)
            {
                text.Append(metric.Key).Append(CultureInfo.InvariantCulture, $"\0{metric.Step}\0{metric.Value:R}\0");
            }

            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        }
    }
}
