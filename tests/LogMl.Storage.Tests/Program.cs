using System.Globalization;
using LogMl.Optimization;
using LogMl.Optimization.Sampling;
using LogMl.Storage.Tests.Kit;

namespace LogMl.Storage.Tests;

/// <summary>
/// The program that a test starts as another process: <c>create ADDRESS COUNT</c>, <c>claim ADDRESS</c>, <c>search ADDRESS MAXEVALS
/// SEED</c>, <c>hang ADDRESS</c>, <c>steps ADDRESS MAXEVALS</c>.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        using var storage = StoragePlace.Open(args[1]);
        switch (args[0])
        {
            case "create":
                Create(storage, int.Parse(args[2], CultureInfo.InvariantCulture));
                return 0;
            case "claim":
                Claim(storage);
                return 0;
            case "search":
                Search(storage, int.Parse(args[2], CultureInfo.InvariantCulture), int.Parse(args[3], CultureInfo.InvariantCulture));
                return 0;
            case "hang":
                Hang(storage);
                return 0;
            case "steps":
                Steps(storage, int.Parse(args[2], CultureInfo.InvariantCulture));
                return 0;
            default:
                return 1;
        }
    }

    private static void Create(StudyStorage storage, int count)
    {
        var study = storage.FindStudy("study")!;
        for (var i = 0; i < count; i++)
        {
            var id = storage.CreateTrial(study);
            Console.WriteLine(storage.One(study, id).Number);
        }
    }

    private static void Claim(StudyStorage storage)
    {
        var study = storage.FindStudy("study")!;
        foreach (var trial in storage.All(study).Where(trial => storage.TryClaim(trial.Id, [], Samples.NoAttributes)))
        {
            Console.WriteLine(trial.Number);
        }
    }

    private static void Search(StudyStorage storage, int maxEvals, int seed)
    {
        using var study = storage.OpenStudy(new StudyOptions { Sampler = Samplers.Random(seed) });
        foreach (var trial in study.RunTo(maxEvals))
        {
            Console.WriteLine(trial.Number);
        }
    }

    /// <summary>Prints each step when it is done.</summary>
    private static void Steps(StudyStorage storage, int maxEvals)
    {
        using var study = storage.OpenStudy();
        while (study.Ask(maxEvals) is { } trial)
        {
            Console.WriteLine("asked");
            study.Tell(trial, Samples.Loss(trial.Values));
            Console.WriteLine("told");
        }

        Console.WriteLine("done");
    }

    /// <summary>Starts a trial that reports and does not end. Other trials end before it.</summary>
    private static void Hang(StudyStorage storage)
    {
        using var study = storage.OpenStudy();
        var trial = study.Ask()!;
        trial.Report(0.25, 0);
        study.RunTo(3);
        Console.WriteLine(trial.Number);
        Console.Out.Flush();
        Thread.Sleep(Timeout.Infinite);
    }
}
