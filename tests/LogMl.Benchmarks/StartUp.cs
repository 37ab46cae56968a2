using System.Globalization;

namespace LogMl.Benchmarks;

/// <summary>How long one waits for the first trial.</summary>
internal static class StartUp
{
    private const int Rounds = 7;

    public static void Run()
    {
        ScratchProject.LayOutSdk();
        using var project = new ScratchProject(withGenerator: true);
        project.DotNet("build", "-nologo");
        var host = Enumerable.Range(0, Rounds).Select(_ => ToFirstLine(project, project.HostArguments)).ToArray();
        string[] search = ["build", "-nologo", "--no-restore", "-t:HyperOpt", "-p:HyperOptWorkers=1"];
        var command = Enumerable.Range(0, Rounds).Select(_ => ToFirstLine(project, search)).ToArray();
        var build = Enumerable.Range(0, Rounds).Select(_ => project.DotNet("build", "-nologo", "--no-restore")).ToArray();

        var table = new Table("to the first line of user code", "median", "fastest");
        Add(table, "from the start of the host", host);
        Add(table, "from the start of dotnet build -t:HyperOpt", command);
        Add(table, "for comparison: dotnet build alone, nothing changed", build);
        table.Print();
    }

    private static double ToFirstLine(ScratchProject project, string[] arguments)
    {
        var start = DateTime.UtcNow;
        project.DotNet(arguments);
        var first = new DateTime(long.Parse(project.ReadOfTrial(0, "first.txt")[0], CultureInfo.InvariantCulture), DateTimeKind.Utc);
        project.DeleteResults();
        return (first - start).TotalMilliseconds;
    }

    private static void Add(Table table, string name, double[] times)
    {
        var sample = new Sample(times);
        table.Add(name, Table.Milliseconds(sample.Median), Table.Milliseconds(sample.Minimum));
    }
}
