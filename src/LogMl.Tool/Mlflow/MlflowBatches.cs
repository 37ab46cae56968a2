namespace LogMl.Tool.Mlflow;

/// <summary>Divides what a run has into requests that MLflow accepts.</summary>
internal static class MlflowBatches
{
    /// <summary>The requests, in their order. The tags come with the last one, which says that all is there.</summary>
    /// <param name="run">The key of the run on the server.</param>
    /// <param name="metrics">The metrics.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="tags">The tags.</param>
    /// <param name="logged">The tag that says how many metrics the run has after so many of these.</param>
    public static IEnumerable<RunBatch> Of(
        string run, IReadOnlyList<MlflowMetric> metrics, IReadOnlyList<MlflowText> parameters, IReadOnlyList<MlflowText> tags,
        Func<int, MlflowText> logged)
    {
        foreach (var part in Parts(parameters))
        {
            yield return new RunBatch(run, [], part, []);
        }

        // One item of each request is the tag.
        var sent = 0;
        foreach (var part in metrics.Chunk(MlflowLimits.Items - 1))
        {
            sent += part.Length;
            yield return new RunBatch(run, part, [], [logged(sent)]);
        }

        foreach (var part in Parts(tags))
        {
            yield return new RunBatch(run, [], [], part);
        }
    }

    private static IEnumerable<MlflowText[]> Parts(IReadOnlyList<MlflowText> texts)
    {
        var part = new List<MlflowText>();
        var length = 0;
        foreach (var text in texts)
        {
            var size = text.Key.Length + text.Value.Length;
            if (part.Count == MlflowLimits.Texts || (part.Count > 0 && length + size > MlflowLimits.Characters))
            {
                yield return [.. part];
                part.Clear();
                length = 0;
            }

            part.Add(text);
            length += size;
        }

        if (part.Count > 0)
        {
            yield return [.. part];
        }
    }
}
