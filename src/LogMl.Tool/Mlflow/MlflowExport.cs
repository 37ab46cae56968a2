using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LogMl.Tool.Studies;

namespace LogMl.Tool.Mlflow;

/// <summary>
/// Exports a study to a tracking server: a run for the study, in which those of its trials are nested. A later export finds the runs of an
/// earlier one, also of one that was cut off, and adds what is missing.
/// </summary>
/// <param name="server">The server.</param>
/// <param name="study">The study.</param>
internal sealed class MlflowExport(MlflowServer server, StudyData study)
{
    private const int RequestsAtOnce = 4;

    private readonly string _key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(study.Name)))[..32];
    private readonly MlflowRuns _runs = new(study);
    private int _created;
    private int _updated;
    private int _unchanged;
    private int _fitted;

    /// <summary>The trials that have begun. Those that wait have no run.</summary>
    public int Trials => _runs.Trials.Count;

    /// <summary>The trials whose runs are new.</summary>
    public int Created => _created;

    /// <summary>The trials whose runs were brought up to date.</summary>
    public int Updated => _updated;

    /// <summary>The trials whose runs had everything.</summary>
    public int Unchanged => _unchanged;

    /// <summary>The names and values that were changed so that MLflow accepts them.</summary>
    public int Fitted => _fitted;

    /// <summary>Exports the study.</summary>
    /// <param name="experiment">The name of the experiment.</param>
    /// <returns>The key of the run of the study.</returns>
    /// <exception cref="ToolException">The server does not take it. What it has taken stays.</exception>
    public async Task<string> Run(string experiment)
    {
        var id = await server.Experiment(experiment);
        var stored = await server.Runs(id, MlflowTags.Study, _key);
        var ofStudy = stored.FirstOrDefault(run => run.Tag(MlflowTags.Trial) is null);
        var begun = _runs.Begun?.ToString(CultureInfo.InvariantCulture);
        if (ofStudy?.Tag(MlflowTags.Begun) is { } other && begun is not null && other != begun)
        {
            throw new ToolException(
                ToolErrors.Mlflow,
                $"The experiment '{experiment}' on {server.Name} has the runs of another study '{study.Name}'. "
                + "Name another experiment with --experiment.");
        }

        // The state of the study comes last: until then its run says that the export is under way.
        var ofAll = _runs.OfStudy();
        var wanted = begun is null ? ofAll : ofAll with { Tags = [.. ofAll.Tags, Text(MlflowTags.Begun, begun)] };
        var parent = ofStudy?.Info.RunId ?? await server.Create(new NewRun(
            id, wanted.Name, wanted.Start, [Text(MlflowTags.Study, _key), .. wanted.Tags.Take(1)]));
        var byTrial = stored.Where(run => run.Tag(MlflowTags.Trial) is not null && run.Tag(MlflowTags.Parent) == parent)
            .DistinctBy(run => run.Tag(MlflowTags.Trial)).ToDictionary(run => run.Tag(MlflowTags.Trial)!, StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            _runs.Trials, new ParallelOptions { MaxDegreeOfParallelism = RequestsAtOnce },
            async (trial, _) => await Trial(id, parent, trial, byTrial));
        Interlocked.Add(ref _fitted, wanted.Changes);
        await BringUpToDate(wanted, parent, ofStudy);
        return parent;
    }

    private async Task Trial(string experiment, string parent, TrialData trial, Dictionary<string, StoredRun> byTrial)
    {
        var run = _runs.OfTrial(trial);
        var number = trial.Number.ToString(CultureInfo.InvariantCulture);
        var stored = byTrial.GetValueOrDefault(number);
        var id = stored?.Info.RunId ?? await server.Create(new NewRun(experiment, run.Name, run.Start,
        [
            Text(MlflowTags.Study, _key), Text(MlflowTags.Trial, number), Text(MlflowTags.Parent, parent), .. run.Tags.Take(1),
        ]));
        var isChanged = await BringUpToDate(run, id, stored);
        Interlocked.Add(ref _fitted, run.Changes);
        Interlocked.Increment(ref stored is null ? ref _created : ref (isChanged ? ref _updated : ref _unchanged));
    }

    /// <returns>Whether something was to do.</returns>
    private async Task<bool> BringUpToDate(MlflowRun run, string id, StoredRun? stored)
    {
        var digest = run.Digest;
        if (stored is not null && stored.Tag(MlflowTags.Digest) == digest && stored.Info.Status == run.Status)
        {
            return false;
        }

        // A server adds each value of a metric that it is sent, also one that it has. The best values of a study are of one moment each.
        var logged = run.Trial is not null && int.TryParse(
            stored?.Tag(MlflowTags.Logged), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
        MlflowText[] tags = [.. run.Tags, Text(MlflowTags.Digest, digest)];
        var batches = MlflowBatches.Of(id, [.. run.Metrics.Skip(logged)], run.Params, tags, sent =>
            Text(MlflowTags.Logged, (logged + sent).ToString(CultureInfo.InvariantCulture)));
        foreach (var batch in batches)
        {
            await server.Log(batch);
        }

        await server.Update(new RunUpdate(id, run.Status, run.End, run.Name));
        return true;
    }

    private static MlflowText Text(string key, string value) => new(key, value);
}
