using LogMl.Optimization;
using LogMl.Storage.Tests.Kit;

namespace LogMl.Storage.Tests;

/// <summary>A study of 100,000 trials: each refresh reads only what other processes have changed.</summary>
public sealed class LargeStudyTests
{
    private const int Count = 100_000;

    [Fact]
    public void Of_a_large_study_only_what_is_new_is_read()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        Fill(place);
        var counting = new CountingStorage(place.Open());
        using var study = counting.OpenStudy();
        Assert.Equal((Count, Count, 0.5), (study.Evaluations, study.History.Trials.Count, study.Best!.Loss));
        Assert.Equal(Count, counting.Rows);

        using var other = place.Open().OpenStudy();
        var running = other.Ask()!;
        study.Refresh();
        Assert.Equal(Count + 1, counting.Rows);
        running.Report(1, 0);
        study.Refresh();
        Assert.Equal(Count + 2, counting.Rows);
        Assert.True(other.Tell(running, 0.25));
        study.Refresh();
        study.Refresh();
        Assert.Equal(Count + 3, counting.Rows);
        Assert.Equal((Count, 0.25), (study.Best!.Number, study.Best.Loss));
        Assert.Equal(Count + 1, study.Ask()!.Number);
    }

    [Fact]
    public void To_ask_reads_the_running_trials_of_others_again_only_when_they_end()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        using var other = place.Open().OpenStudy();
        var running = Enumerable.Range(0, 20).Select(_ => other.Ask()!).ToArray();
        var counting = new CountingStorage(place.Open());
        using var study = counting.OpenStudy();
        var first = study.Ask()!;
        var before = counting.Rows;

        Assert.True(study.Tell(first, 1));
        var second = study.Ask()!;
        Assert.Equal(before, counting.Rows);

        running[3].Report(0.5, 0);
        Assert.True(other.Tell(running[3], 0.25));
        Assert.True(study.Tell(second, 1));
        study.Ask();
        Assert.Equal(before + 1, counting.Rows);
        Assert.Equal((3, 0.25), (study.Best!.Number, study.Best.Loss));
        Assert.Equal(0.5, Assert.Single(study.History.Trials[3].Reports).Value);
    }

    private static void Fill(StoragePlace place)
    {
        place.Open().OpenStudy().Dispose();
        var json = Samples.X(0).DistributionJson;
        place.Execute($"""
            BEGIN;
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {Count - 1})
            INSERT INTO trials (number, study_id, state, datetime_start, datetime_complete) SELECT i, 1, 'COMPLETE', '2026-01-01 00:00:00.000000', '2026-01-01 00:00:01.000000' FROM n;
            INSERT INTO trial_values (trial_id, objective, value, value_type) SELECT trial_id, 0, 0.5 + number, 'FINITE' FROM trials;
            INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) SELECT trial_id, 'x', number / 100000.0, '{json}' FROM trials;
            INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) SELECT trial_id, 'y', 1.0, '{json}' FROM trials;
            COMMIT;
            """);
    }

    /// <summary>A storage that counts the trials that are read.</summary>
    private sealed class CountingStorage(StudyStorage storage) : StudyStorage
    {
        public int Rows { get; private set; }

        internal override string Owner => storage.Owner;

        internal override TimeSpan Lease => storage.Lease;

        public override string DisplayName => storage.DisplayName;

        internal override IReadOnlyList<string> ListNames() => storage.ListNames();

        public override IReadOnlyList<StudySummary> ListStudies() => storage.ListStudies();

        internal override IReadOnlyList<TrialRecord> ReadTrials(long studyId, int afterNumber, IReadOnlyCollection<long> unfinished)
        {
            var trials = storage.ReadTrials(studyId, afterNumber, unfinished);
            Rows += trials.Count;
            return trials;
        }

        internal override IReadOnlyCollection<long> FindNotRunning(IReadOnlyCollection<long> trials) => storage.FindNotRunning(trials);

        internal override StudyCopy ReadCopy(StudyRecord study) => storage.ReadCopy(study);

        internal override bool TryWriteCopy(StudyCopy study) => storage.TryWriteCopy(study);

        internal override StudyRecord? FindStudy(string name) => storage.FindStudy(name);

        internal override StudyRecord CreateStudy(
            string name,
            IReadOnlyList<Direction> directions,
            IReadOnlyDictionary<string, string> attributes,
            IReadOnlyList<string> waiting,
            IReadOnlyList<FinishedRecord>? finished = null) =>
            storage.CreateStudy(name, directions, attributes, waiting, finished);

        internal override void DeleteStudy(long studyId) => storage.DeleteStudy(studyId);

        internal override void SetConstraints(IReadOnlyDictionary<long, IReadOnlyList<double>> constraints) =>
            storage.SetConstraints(constraints);

        internal override void SetStudyAttributes(long studyId, IReadOnlyDictionary<string, string> attributes) =>
            storage.SetStudyAttributes(studyId, attributes);

        internal override IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>> ReadTrialAttributes(
            long studyId, string? key, IReadOnlyCollection<long>? trials) => storage.ReadTrialAttributes(studyId, key, trials);

        internal override (DateTime? Started, DateTime? Completed) ReadTimes(long trialId) => storage.ReadTimes(trialId);

        internal override IReadOnlyList<(string Name, string DistributionJson)> ReadDistributions(long studyId) =>
            storage.ReadDistributions(studyId);

        internal override long? TryCreateTrial(
            long studyId, int number, IReadOnlyList<ParameterRecord> parameters, IReadOnlyDictionary<string, string> attributes) =>
            storage.TryCreateTrial(studyId, number, parameters, attributes);

        internal override void Enqueue(long studyId, string fixedParametersJson) => storage.Enqueue(studyId, fixedParametersJson);

        internal override bool TryClaim(
            long trialId,
            IReadOnlyList<ParameterRecord> missing,
            IReadOnlyDictionary<string, string> attributes) => storage.TryClaim(trialId, missing, attributes);

        internal override void Report(long trialId, int step, double value) => storage.Report(trialId, step, value);

        internal override void SetTrialAttribute(long trialId, string name, string json) => storage.SetTrialAttribute(trialId, name, json);

        internal override bool TryFinish(long trialId, TrialEnding ending) => storage.TryFinish(trialId, ending);

        internal override bool TryRelease(long trialId) => storage.TryRelease(trialId);

        internal override bool TryFailAndRetry(
            long studyId, TrialRecord trial, int maxRetries, IReadOnlyDictionary<string, string> attributes) =>
            storage.TryFailAndRetry(studyId, trial, maxRetries, attributes);

        internal override bool TryRepeat(long studyId, TrialRecord trial, int number, string? reason) =>
            storage.TryRepeat(studyId, trial, number, reason);

        internal override int Reap(long studyId, int maxRetries) => storage.Reap(studyId, maxRetries);

        internal override bool IsSearched(long studyId) => storage.IsSearched(studyId);

        internal override IReadOnlyList<RunningRecord> ReadRunning(long studyId) => storage.ReadRunning(studyId);

        internal override void RenewLeases() => storage.RenewLeases();

        internal override void RequireWhole() => storage.RequireWhole();

        public override void Dispose() => storage.Dispose();
    }
}
