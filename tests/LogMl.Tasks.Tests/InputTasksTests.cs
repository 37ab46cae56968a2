using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace LogMl.Tasks.Tests;

/// <summary>The list of the inputs of an assembly, and the check of declared data files.</summary>
public sealed class InputTasksTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("it's é ").FullName;
    private readonly RecordingBuildEngine _engine = new();

    private string ListFile => At("obj/Debug/list");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_list_has_what_people_wrote_and_not_what_tools_wrote()
    {
        var task = new WriteInputs
        {
            BuildEngine = _engine,
            ListFile = ListFile,
            Code = Items("Program.cs", "sub/../Tuned.cs", "Program.cs", "obj/Debug/App.AssemblyInfo.cs", "objects/Real.cs", "packages/x/1.0/Content.cs"),
            NotCode = Items("obj/", "packages"),
            Libraries = Items("../lib/bin/Lib.dll"),
            Data = Items("data/train.csv"),
            DepsFile = At("bin/App.deps.json"),
        };

        Assert.True(task.Execute());
        string[] expected =
        [
            $"code\t{At("Program.cs")}", $"code\t{At("Tuned.cs")}", $"code\t{At("objects/Real.cs")}", $"library\t{Path.GetFullPath(At("../lib/bin/Lib.dll"))}",
            $"data\t{At("data/train.csv")}", $"packages\t{At("bin/App.deps.json")}",
        ];
        Assert.Equal(expected, File.ReadAllLines(ListFile));
    }

    [Fact]
    public void A_list_that_says_the_same_is_not_written_again()
    {
        var task = new WriteInputs { BuildEngine = _engine, ListFile = ListFile, Code = Items("Program.cs") };
        Assert.True(task.Execute());
        var time = DateTime.UtcNow.AddDays(-1);
        File.SetLastWriteTimeUtc(ListFile, time);

        Assert.True(task.Execute());
        Assert.Equal(time, File.GetLastWriteTimeUtc(ListFile));
        task.Code = Items("Other.cs");
        Assert.True(task.Execute());
        Assert.NotEqual(time, File.GetLastWriteTimeUtc(ListFile));
    }

    [Fact]
    public void A_data_file_that_is_not_there_and_a_folder_are_errors_that_name_the_item()
    {
        File.WriteAllText(At("there.csv"), "");
        Directory.CreateDirectory(At("data"));
        var task =
            new ValidateData { BuildEngine = _engine, ProjectFile = At("App.csproj"), Data = Items("there.csv", "absent.csv", "data/") };

        Assert.False(task.Execute());
        Assert.Equal(["LOGML1011", "LOGML1011"], _engine.Errors.Select(error => error.Code));
        Assert.Contains("'" + At("absent.csv") + "'", _engine.Errors[0].Message, StringComparison.Ordinal);
        Assert.Contains("data/**", _engine.Errors[1].Message, StringComparison.Ordinal);
        Assert.All(_engine.Errors, error => Assert.Equal(At("App.csproj"), error.File));
    }

    private ITaskItem[] Items(params string[] names) => [.. names.Select(name => new TaskItem(At(name)))];

    private string At(string name) => Path.Combine(_folder, name);
}
