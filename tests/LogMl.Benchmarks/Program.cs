using LogMl.Benchmarks;
using LogMl.Benchmarks.Storage;

if (args is [OpeningCost.ChildVerb, var kind, var place, var parameters])
{
    OpeningCost.RunChild(kind, place, parameters);
    return 0;
}

var scenarios = new (string Name, string What, Action Run)[]
{
    ("engine", "samplers: ask and tell with 20 parameters, after 100 to 100,000 trials", EngineCost.Run),
    ("density", "TPE's mixture density: 256 kernels with 20 axes, against the arithmetic that it needs", DensityCost.Run),
    ("generator", "the generator, after an edit that does not concern it, in a project of 200 files", GeneratorEdit.Run),
    ("build", "a `dotnet build` with nothing to do, with and without the generator", NoChangeBuild.Run),
    ("hosts", "1 to 1,000 hosts on one study in PostgreSQL: trials a second, and the wait for the next one", ManyHosts.Run),
    ("report", "the report of 100 to 10,000 trials of 30 parameters in Chromium: its size, loading it, a brush over it", ReportPages.Run),
    ("startup", "from the start of the host, and of `dotnet build -t:HyperOpt`, to the first line of user code", StartUp.Run),
    ("storage", "a stored study: trials that do nothing, beside bare SQL and Optuna; opening one of 100,000 trials", StorageCost.Run),
    ("trials", "the cost of a trial whose objective does nothing, one worker, 2,000 trials", TrialOverhead.Run),
};

var chosen = args is ["all"] ? scenarios : [.. scenarios.Where(scenario => args.Contains(scenario.Name, StringComparer.Ordinal))];
if (chosen.Length == 0 || (args is not ["all"] && chosen.Length != args.Length))
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project tests/LogMl.Benchmarks -- all | <scenario>...");
    foreach (var (name, what, _) in scenarios)
    {
        Console.Error.WriteLine($"  {name,-10} {what}");
    }

    return 2;
}

foreach (var (name, what, run) in chosen)
{
    Console.WriteLine($"{name}: {what}");
    run();
    Console.WriteLine();
}

return 0;
