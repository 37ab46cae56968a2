using LogMl.Host.Tests.Kit;

namespace LogMl.Host.Tests;

/// <summary>Two studies or two projects with the same name by chance: nothing is mixed, and nothing is moved aside.</summary>
public sealed class SharedNameTests : IDisposable
{
    private readonly string _place = Directory.CreateTempSubdirectory("logml-").FullName;

    private string Database => Path.Combine(_place, "shared.db");

    private string Elsewhere => "LOGML_STORAGE=sqlite:///" + Database;

    public void Dispose() => Directory.Delete(_place, recursive: true);

    [Fact]
    public void A_study_in_the_folder_is_not_moved_aside_when_another_store_is_named_once()
    {
        using var folder = new SearchFolder();
        using var first = folder.Run(0, "", ["--max-evals", "3"]);
        var rows = File.ReadAllText(folder.Csv);
        using var other = folder.Run(1, "throw", ["--max-evals", "3"], [Elsewhere]);
        var error = Assert.Single(other.Events("error"));
        Assert.Equal("LOGML2021", error[0]);
        Assert.Contains(Database, error[4], StringComparison.Ordinal);
        using var cleaned = folder.StartClean([Elsewhere]);
        Assert.Equal(1, cleaned.WaitForExit());
        Assert.Equal("LOGML2021", Assert.Single(cleaned.Events("error"))[0]);
        Assert.Equal([folder.Study], folder.Studies());
        Assert.Equal(rows, File.ReadAllText(folder.Csv));
        using var next = folder.Run(0, "throw", ["--max-evals", "3"]);
        Assert.Contains("nothing was run", Assert.Single(next.Events("message"))[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_the_results_of_a_study_that_is_stored_elsewhere_gets_no_other_study()
    {
        using var folder = new SearchFolder();
        using var first = folder.Run(0, "", ["--max-evals", "3"], [Elsewhere]);
        foreach (var environment in (string[][])[[], [Elsewhere + "2"]])
        {
            using var other = folder.Run(1, "throw", ["--max-evals", "3"], environment);
            var error = Assert.Single(other.Events("error"));
            Assert.Equal("LOGML2021", error[0]);
            Assert.Contains($"is stored in {Database}, and this call is for one of the same name in ", error[4], StringComparison.Ordinal);
        }

        Assert.False(File.Exists(Path.Combine(folder.Output, folder.Study, "study.db")));
        using var next = folder.Run(0, "", ["--max-evals", "5"], [Elsewhere]);
        Assert.Equal(5, folder.Rows().Length);
    }

    [Fact]
    public void Another_project_does_not_come_into_a_study_by_chance()
    {
        using var one = new SearchFolder();
        using var other = new SearchFolder();
        using var first = one.Run(0, "", ["--max-evals", "3", "--default-study", "--inputs", Inputs(one, "Steps.cs", "mine")], [Elsewhere]);
        using var refused =
            other.Run(1, "throw", ["--max-evals", "5", "--default-study", "--inputs", Inputs(other, "Steps.cs", "theirs")], [Elsewhere]);
        var error = Assert.Single(refused.Events("error"));
        Assert.Equal("LOGML2020", error[0]);
        Assert.Contains($"is of another project, {one.Root} on {Environment.MachineName}: no source file has the same path and content in both. Nothing was run.", error[4], StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(other.Output, other.Study)));

        // The same project in another folder, and in its own folder after every file has changed.
        using var clone =
            other.Run(0, "", ["--max-evals", "4", "--default-study", "--inputs", Inputs(other, "Steps.cs", "mine")], [Elsewhere]);
        Assert.Empty(clone.Events("warning"));
        using var edited =
            one.Run(0, "", ["--max-evals", "5", "--default-study", "--inputs", Inputs(one, "Steps.cs", "mine, edited")], [Elsewhere]);
        Assert.Contains(
            ": Steps.cs changed. 4 finished trials from before", Assert.Single(edited.Events("warning"))[4], StringComparison.Ordinal);
    }

    [Fact]
    public void A_study_whose_name_somebody_has_chosen_is_shared_by_two_projects_with_one_warning()
    {
        using var one = new SearchFolder();
        using var other = new SearchFolder();
        using var first = one.Run(0, "", ["--max-evals", "3", "--inputs", Inputs(one, "Steps.cs", "mine")], [Elsewhere]);
        using var second = other.Run(0, "", ["--max-evals", "5", "--inputs", Inputs(other, "Other.cs", "theirs")], [Elsewhere]);
        var warning = Assert.Single(second.Events("warning"));
        Assert.Equal("LOGML2018", warning[0]);
        Assert.StartsWith(
            $"The study '{other.Study}' in {Database} is of another project, {one.Root} on {Environment.MachineName}: no source file has the same path and content in both (Other.cs is new, Steps.cs is gone). "
            + "3 finished trials from before count all the same, because HyperOptStudy names the study.",
            warning[4],
            StringComparison.Ordinal);
    }

    private static string Inputs(SearchFolder folder, string file, string code)
    {
        var (source, list) = (Path.Combine(folder.Root, file), Path.Combine(folder.Root, "inputs"));
        File.WriteAllText(source, code);
        File.WriteAllText(list, $"code\t{source}\n");
        return list;
    }
}
