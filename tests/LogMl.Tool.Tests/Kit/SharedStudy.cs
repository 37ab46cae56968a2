using System.Globalization;
using LogMl.Optimization;
using LogMl.Shared;
using LogMl.Storage;
using Microsoft.Data.Sqlite;

namespace LogMl.Tool.Tests.Kit;

/// <summary>A study in a SQLite file that several machines search: each has a storage of its own, as a process has.</summary>
internal sealed class SharedStudy(string file) : IDisposable
{
    private static readonly SearchSpace Space = new() { ["step.x"] = Distribution.Uniform(0, 1) };

    private readonly Dictionary<string, (StudyStorage Storage, StoredStudy Study)> _machines = [];

    /// <summary>The name of the study.</summary>
    public const string Name = "shared";

    /// <summary>Begins a trial on a machine.</summary>
    public StoredTrial Begin(string machine)
    {
        if (!_machines.TryGetValue(machine, out var open))
        {
            var storage = StudyStorages.Sqlite(file);
            _machines[machine] = open = (storage, StoredStudy.Open(
                storage, Name, Space, new StudyOptions { Sampler = Samplers.Random(seed: 1) }, new StoredStudyOptions
                {
                    TrialAttributes = new Dictionary<string, string> { [TrialNoteNames.Host] = $"\"{machine}\"" },
                }));
        }

        return open.Study.Ask() ?? throw new InvalidOperationException("There is no further trial.");
    }

    /// <summary>Runs trials on a machine to their ends.</summary>
    public void Complete(string machine, int trials)
    {
        for (var i = 0; i < trials; i++)
        {
            var trial = Begin(machine);
            _machines[machine].Study.Tell(trial, i);
        }
    }

    /// <summary>Fails a trial.</summary>
    public void Fail(string machine, StoredTrial trial, params (string Name, string Json)[] notes) =>
        _machines[machine].Study.TellFailed(trial, notes.ToDictionary(note => note.Name, note => note.Json));

    /// <summary>Ends the process of a machine: its trials go on to be running, and nobody runs them.</summary>
    public void Kill(string machine)
    {
        _machines.Remove(machine, out var open);
        open.Study.Dispose();
        open.Storage.Dispose();
    }

    /// <summary>Fails the trials of machines that are gone, and repeats them, as the next ask of any machine may do.</summary>
    public int Reap(string machine) => _machines[machine].Storage.Reap(_machines[machine].Study.Id, maxRetries: 1);

    /// <summary>Moves the start of a trial into the past.</summary>
    public void Backdate(StoredTrial trial, TimeSpan time)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = string.Create(
            CultureInfo.InvariantCulture,
            $"UPDATE trials SET datetime_start = strftime('%Y-%m-%d %H:%M:%f', datetime_start, '-{time.TotalSeconds:0} seconds') "
            + $"WHERE number = {trial.Number}");
        if (command.ExecuteNonQuery() != 1)
        {
            throw new InvalidOperationException("There is no such trial.");
        }
    }

    public void Dispose()
    {
        foreach (var machine in _machines.Keys.ToArray())
        {
            Kill(machine);
        }
    }
}
