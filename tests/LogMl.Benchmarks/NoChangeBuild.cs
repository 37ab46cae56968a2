namespace LogMl.Benchmarks;

/// <summary>What the package adds to a build in which nothing changed.</summary>
internal static class NoChangeBuild
{
    private const int Rounds = 7;

    public static void Run()
    {
        ScratchProject.LayOutSdk();
        using var with = new ScratchProject(withGenerator: true);
        using var without = new ScratchProject(withGenerator: false);
        with.DotNet("build", "-nologo");
        without.DotNet("build", "-nologo");

        // In turns, so that whatever else the machine does meets both alike.
        var times = Enumerable.Range(0, Rounds)
            .Select(_ => (With: with.DotNet("build", "-nologo"), Without: without.DotNet("build", "-nologo"))).ToArray();
        var table = new Table("dotnet build, nothing changed", "median", "fastest");
        Add(table, "with the generator", times.Select(time => time.With));
        Add(table, "without it", times.Select(time => time.Without));
        table.Print();
    }

    private static void Add(Table table, string name, IEnumerable<double> times)
    {
        var sample = new Sample(times);
        table.Add(name, Table.Milliseconds(sample.Median), Table.Milliseconds(sample.Minimum));
    }
}
