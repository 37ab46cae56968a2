using System.Text.RegularExpressions;
using CsCheck;
using LogMl.Shared;

namespace LogMl.Tasks.Tests;

public sealed class OverrideRulesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("logml-").FullName;
    private readonly RecordingBuildEngine _engine = new();

    private string Project => Path.Combine(_folder, "My Model.csproj");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Nothing_set_gives_the_defaults()
    {
        var task = Task();

        Assert.True(task.Execute());
        Assert.Equal("my model", task.StudyName);
        Assert.Equal(Path.Combine(_folder, "HyperOptResults"), task.ResultsDirectory);
    }

    [Fact]
    public void Good_values_pass()
    {
        var task = Task(
            ("HyperOptMaxEvals", "1"), ("HyperOptAlgorithm", "random"), ("HyperOptSeed", "9223372036854775807"), ("HyperOptWorkers", "8"),
            ("HyperOptTimeout", "1.5m"), ("HyperOptTrialTimeout", "2h"), ("HyperOptTrialMemory", "1.5 GiB"), ("HyperOptMaxRetries", "0"),
            ("HyperOptMaxFailures", "1"),
            ("HyperOptRetryFailed", "TRUE"),
            ("HyperOptReevaluate", "false"),
            ("HyperOptShowProgress", "False"),
            ("HyperOptMaxLoss", "-1.5e-3"), ("HyperOptBaseline", "not there.json"), ("HyperOptMaxRegression", "0"),
            ("HyperOptOutputPath", "out/../results"), ("HyperOptStudy", "Größe 2"));

        Assert.True(task.Execute());
        Assert.Equal(Path.Combine(_folder, "results"), task.ResultsDirectory);
        Assert.Equal("Größe 2", task.StudyName);
        Assert.Equal(Path.Combine(_folder, "not there.json"), task.Baseline);
    }

    [Theory]
    [InlineData("0.01", 0.01)]
    [InlineData("5%", 0.1)]
    [InlineData(" 0.5 % ", 0.01)]
    [InlineData("0", 0)]
    [InlineData("1e-3", 1e-3)]
    [InlineData("150%", 3)]
    public void What_is_allowed_beyond_a_baseline_is_a_difference_or_a_share_of_its_magnitude(string text, double allowed)
    {
        Assert.Null(OverrideRules.Regression(text));
        Assert.Equal(allowed, RegressionTolerance.Read(text)!.For(-2), 12);
    }

    [Theory]
    [InlineData("5%", -1e308, 5e306)]
    [InlineData("1e300%", 1e308, double.MaxValue)]
    public void What_is_allowed_beyond_a_great_baseline_is_finite(string text, double baseline, double allowed) =>
        Assert.Equal(1, RegressionTolerance.Read(text)!.For(baseline) / allowed, 12);

    [Fact]
    public void A_gate_without_a_baseline_is_an_error_only_of_a_search()
    {
        foreach (var (baseline, regression, message) in (ReadOnlySpan<(string, string, string?)>)
        [
            ("", "5%", "HyperOptMaxRegression is '5%', but there is nothing to compare with."),
            ("absent.json", "", $"HyperOptBaseline is 'absent.json', but there is no file '{Path.Combine(_folder, "absent.json")}'."),
            ("absent.json", "5%", $"HyperOptBaseline is 'absent.json', but there is no file '{Path.Combine(_folder, "absent.json")}'."),
            ("there.json", "5%", null),
            ("", "", null),
        ])
        {
            File.WriteAllText(Path.Combine(_folder, "there.json"), "");
            (string, string)[] properties = [("HyperOptBaseline", baseline), ("HyperOptMaxRegression", regression)];
            var check = Task(properties);
            Assert.True(check.Execute());
            _engine.Errors.Clear();
            var gate = new ValidateGate
            {
                BuildEngine = _engine, ProjectFile = Project, Properties = PropertyItems.Of(properties), Baseline = check.Baseline,
            };
            Assert.Equal(message is null, gate.Execute());
            if (message is not null)
            {
                var error = Assert.Single(_engine.Errors);
                Assert.Equal(("LOGML1041", Project), (error.Code, error.File));
                Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("", "", "", "my model")]
    [InlineData(",forest", "", "", "my model")]
    [InlineData(",forest,tree", "tree", "tree", "my model.tree")]
    [InlineData("Forest", "", "Forest", "my model.forest")]
    [InlineData("forest,tree,not a name", "forest", "forest", "my model.forest")]
    [InlineData("not a name", "", "", "my model")]
    public void The_workflow_is_the_one_that_is_asked_for_else_the_unnamed_one_else_the_only_one(
        string names, string asked, string expected, string study)
    {
        var task = TaskOf(names, asked);

        Assert.True(task.Execute());
        Assert.Equal((expected, study), (task.WorkflowName, task.StudyName));
    }

    [Theory]
    [InlineData("forest,tree", "", "LOGML1008", "with one of 'forest', 'tree'.")]
    [InlineData(",forest,tree", "Forest", "LOGML1010", "HyperOptWorkflow is 'Forest', but the project has no such workflow (did you mean 'forest'?). There are: 'forest', 'tree', and without the property the unnamed one.")]
    [InlineData("forest", "pinetum", "LOGML1010", "but the project has no such workflow. There are: 'forest'.")]
    [InlineData("", "forest", "LOGML1010", "HyperOptWorkflow is 'forest', but the project has no workflow with a name.")]
    public void A_workflow_that_is_not_known_is_one_error_that_lists_those_that_are(string names, string asked, string code, string message)
    {
        Assert.False(TaskOf(names, asked).Execute());

        var error = Assert.Single(_engine.Errors);
        Assert.Equal((code, Project), (error.Code, error.File));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_seed_may_be_negative_as_in_the_yaml() => Assert.True(Task(("HyperOptSeed", "-9223372036854775808")).Execute());

    [Theory]
    [InlineData("90")]
    [InlineData("0.5")]
    [InlineData("90s")]
    [InlineData("1h 30m")]
    [InlineData("1.5h")]
    [InlineData("2d")]
    [InlineData("00:10:00")]
    public void A_time_has_the_forms_that_it_has_in_the_yaml(string text) =>
        Assert.True(Task(("HyperOptTimeout", text), ("HyperOptTrialTimeout", text)).Execute());

    [Theory]
    [InlineData("HyperOptMaxEvals", "0")]
    [InlineData("HyperOptMaxEvals", "-1")]
    [InlineData("HyperOptMaxEvals", "ten")]
    [InlineData("HyperOptMaxEvals", "1.5")]
    [InlineData("HyperOptMaxEvals", "99999999999")]
    [InlineData("HyperOptAlgorithm", "annealing")]
    [InlineData("HyperOptAlgorithm", "TPE")]
    [InlineData("HyperOptSeed", "-9223372036854775809")]
    [InlineData("HyperOptSeed", "9223372036854775808")]
    [InlineData("HyperOptWorkers", "0")]
    [InlineData("HyperOptWorkers", "1025")]
    [InlineData("HyperOptTimeout", "0")]
    [InlineData("HyperOptTimeout", "soon")]
    [InlineData("HyperOptTimeout", "1,5h")]
    [InlineData("HyperOptTimeout", "m")]
    [InlineData("HyperOptTimeout", "30m1h")]
    [InlineData("HyperOptTimeout", "10:00")]
    [InlineData("HyperOptTimeout", "00:61:00")]
    [InlineData("HyperOptTimeout", "1e99")]
    [InlineData("HyperOptTimeout", "40000d")]
    [InlineData("HyperOptTimeout", "-1s")]
    [InlineData("HyperOptTrialTimeout", "never")]
    [InlineData("HyperOptTrialMemory", "much")]
    [InlineData("HyperOptTrialMemory", "1MB")]
    [InlineData("HyperOptTrialMemory", "-2GB")]
    [InlineData("HyperOptMaxRetries", "-1")]
    [InlineData("HyperOptMaxRetries", "101")]
    [InlineData("HyperOptMaxFailures", "0")]
    [InlineData("HyperOptRetryFailed", "1")]
    [InlineData("HyperOptReevaluate", "yes")]
    [InlineData("HyperOptTrial", "-1")]
    [InlineData("HyperOptTrial", "best")]
    [InlineData("HyperOptDryRun", "1")]
    [InlineData("HyperOptMaxLoss", "abc")]
    [InlineData("HyperOptMaxLoss", "0,09")]
    [InlineData("HyperOptMaxLoss", "NaN")]
    [InlineData("HyperOptMaxLoss", "Infinity")]
    [InlineData("HyperOptMaxLoss", "5%")]
    [InlineData("HyperOptBaseline", "folder")]
    [InlineData("HyperOptBaseline", "a\0b")]
    [InlineData("HyperOptMaxRegression", "-5 %")]
    [InlineData("HyperOptMaxRegression", "-0.01")]
    [InlineData("HyperOptMaxRegression", "NaN")]
    [InlineData("HyperOptMaxRegression", "1e999")]
    [InlineData("HyperOptMaxRegression", "%")]
    [InlineData("HyperOptMaxRegression", "5%%")]
    [InlineData("HyperOptMaxRegression", "some")]
    [InlineData("LogMlParameters", "absent.yaml")]
    [InlineData("LogMlParameters", "folder")]
    [InlineData("HyperOptStudy", "a/b")]
    [InlineData("HyperOptStudy", "..")]
    [InlineData("HyperOptStudy", "a\\b")]
    [InlineData("HyperOptShowProgress", "yes")]
    [InlineData("HyperOptOutputPath", "occupied")]
    [InlineData("HyperOptOutputPath", "a\0b")]
    [InlineData("HyperOptStudy", ".. ")]
    [InlineData("HyperOptStudy", "/etc")]
    [InlineData("HyperOptStudy", "C:")]
    [InlineData("HyperOptStudy", "a\0")]
    [InlineData("HyperOptCluster", "pbs")]
    [InlineData("HyperOptStorageFile", "absent")]
    [InlineData("HyperOptStorageFile", "folder")]
    [InlineData("HyperOptStorageFile", "a\0b")]
    public void A_bad_value_is_one_coded_error_at_the_project_that_names_the_property_and_the_value(string property, string value)
    {
        File.WriteAllText(Path.Combine(_folder, "occupied"), "");
        Directory.CreateDirectory(Path.Combine(_folder, "folder"));

        Assert.False(Task((property, value)).Execute());
        var error = Assert.Single(_engine.Errors);
        Assert.Equal("LOGML1010", error.Code);
        Assert.Equal(Project, error.File);
        Assert.StartsWith(
            $"{property} is '{value.Replace("\0", "\\u0000", StringComparison.Ordinal)}', but ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("LOGML1010.md", error.HelpLink, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_the_name_of_a_study_is_it_is_refused_or_one_name_below_the_results() =>
        Gen.String[Gen.OneOf(Gen.Char[' ', '~'], Gen.OneOf('.', '/', '\\', '\0', '\n', ':'), Gen.Char), 0, 110].Sample(name =>
        {
            if (OverrideRules.Study(name) is null)
            {
                Assert.Equal(name, Path.GetFileName(name));
                Assert.Equal(_folder, Path.GetDirectoryName(Path.GetFullPath(Path.Combine(_folder, name))));
            }
        });

    [Fact]
    public void The_file_with_the_storage_location_is_relative_to_the_project()
    {
        File.WriteAllText(Path.Combine(_folder, "storage=1.txt"), "");
        var task = Task(("HyperOptStorageFile", "x/../storage=1.txt"));

        Assert.True(task.Execute());
        Assert.Equal(Path.Combine(_folder, "storage=1.txt"), task.StorageFilePath);
    }

    [Theory]
    [InlineData("best", "best")]
    [InlineData("0", "0")]
    [InlineData("x/../mine.yaml", "mine.yaml")]
    public void What_a_single_run_is_made_with_is_a_trial_or_a_file_relative_to_the_project(string value, string expected)
    {
        File.WriteAllText(Path.Combine(_folder, "mine.yaml"), "");
        var task = Task(("LogMlParameters", value));

        Assert.True(task.Execute());
        Assert.Equal(expected == "mine.yaml" ? Path.Combine(_folder, expected) : expected, task.Parameters);
    }

    [Theory]
    [InlineData("postgresql://me:hunter2@db/studies")]
    [InlineData("Host=db;Username=me;Password=hunter2")]
    [InlineData("host = db password = hunter2")]
    [InlineData("PASSWORD=hunter2")]
    [InlineData("hunter2;")]
    public void A_connection_string_in_a_property_is_an_error_that_does_not_repeat_it(string value)
    {
        Assert.False(Task(("HyperOptStorageFile", value)).Execute());
        var error = Assert.Single(_engine.Errors);
        Assert.Equal("LOGML1012", error.Code);
        Assert.Contains("LOGML_STORAGE", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HyperOptStorage_is_no_property()
    {
        var task = Task();
        task.HasStorageProperty = true;

        Assert.False(task.Execute());
        Assert.Equal("LOGML1012", Assert.Single(_engine.Errors).Code);
    }

    [Fact]
    public void Every_bad_value_is_reported_at_once()
    {
        Assert.False(Task(("HyperOptMaxEvals", "none"), ("HyperOptWorkers", "many")).Execute());
        Assert.Equal(2, _engine.Errors.Count);
    }

    [Fact]
    public void A_misspelt_algorithm_gets_a_suggestion()
    {
        Assert.False(Task(("HyperOptAlgorithm", "randon")).Execute());
        Assert.Contains("did you mean 'random'?", Assert.Single(_engine.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_property_is_a_warning_where_it_stands_and_what_is_right()
    {
        File.WriteAllText(Project, """
            <Project>
              <PropertyGroup>
                <HyperOptWorkers>2</HyperOptWorkers>
                <hyperoptTrialTimout>1m</hyperoptTrialTimout>
                <HyperOptDataFolder>data</HyperOptDataFolder>
                <HyperOptDirectory>x</HyperOptDirectory>
                <HyperOptSamper>tpe</HyperOptSamper>
              </PropertyGroup>
              <ItemGroup><HyperOptData Include="$(HyperOptDataFolder)/*.csv" /></ItemGroup>
            </Project>
            """);
        (_engine.GlobalProperties["HyperOptMaxEval"], _engine.GlobalProperties["HyperOptSEED"], _engine.GlobalProperties["Configuration"]) =
            ("5", "1", "Release");

        Assert.True(Task().Execute());
        Assert.All(_engine.Warnings, warning => Assert.Equal(("LOGML1010", Project), (warning.Code, warning.File)));
        var list = $"{string.Join(", ", SearchProperties.Names)} ({Shared.HelpLink.Of("LOGML1010")})";
        Assert.Equal(
            [
                (0, $"HyperOptMaxEval is set, and there is no such property, so that it changes nothing; did you mean HyperOptMaxEvals? There are: {list}"),
                (4, $"hyperoptTrialTimout is set, and there is no such property, so that it changes nothing; did you mean HyperOptTrialTimeout? There are: {list}"),
                (6, $"HyperOptDirectory is set, and there is no such property, so that it changes nothing; there are: {list}"),
                (7, $"HyperOptSamper is set, and there is no such property, so that it changes nothing; there are: {list}"),
            ],
            _engine.Warnings.Select(warning => (warning.LineNumber, warning.Message!)));
    }

    [Fact]
    public void A_misspelt_property_of_a_program_in_one_file_is_found_too()
    {
        var file = Path.Combine(_folder, "tune.cs");
        File.WriteAllText(file, "#:sdk LogMl.Sdk@0.1.0\n#:property HyperOptMaxEval=5\n#:property HyperOptStudy=x\nreturn 0;\n");

        Assert.True(new ValidateOverrides { BuildEngine = _engine, ProjectFile = file }.Execute());
        var warning = Assert.Single(_engine.Warnings);
        Assert.Equal((file, 2), (warning.File, warning.LineNumber));
    }

    [Fact]
    public void A_project_file_that_cannot_be_read_is_no_matter_of_the_properties()
    {
        File.WriteAllText(Project, "<Project><HyperOpt");

        Assert.True(Task().Execute());
        Assert.Empty(_engine.Warnings);
    }

    [Fact]
    public void The_documentation_has_the_properties_that_the_task_has_and_the_key_that_each_overrides()
    {
        var rows = Regex.Matches(Repository.Read("docs/msbuild.md"), @"(?m)^\| `(HyperOpt\w+|LogMlParameters)` \| .* \| (.*) \|$");

        Assert.Equal(
            SearchProperties.Names.Order(StringComparer.Ordinal), rows.Select(row => row.Groups[1].Value).Order(StringComparer.Ordinal));
        Assert.All(SearchKeys.Table.Where(key => key.Property is not null), key => Assert.Contains(
            rows, row => row.Groups[1].Value == key.Property && row.Groups[2].Value == $"`{key.Name}`"));
    }

    [Fact]
    public void The_targets_read_no_property_by_its_name() => Assert.All(
        SearchProperties.Names,
        name => Assert.DoesNotContain($"$({name})", Repository.Read("build/build/LogMl.Sdk.targets"), StringComparison.Ordinal));

    [Fact]
    public void The_names_of_the_properties_are_given_to_the_targets()
    {
        var task = new ListProperties { BuildEngine = _engine };

        Assert.True(task.Execute());
        Assert.Equal(SearchProperties.Names, task.Names.Select(name => name.ItemSpec));
    }

    /// <summary>A call in a project with files of workflows; the unnamed one has an empty name.</summary>
    private ValidateOverrides TaskOf(string names, string asked)
    {
        var task = Task(("HyperOptWorkflow", asked));
        task.Configurations = Array.ConvertAll<string, Microsoft.Build.Framework.ITaskItem>(names.Split(','), name =>
            new Microsoft.Build.Utilities.TaskItem($"{name}.yaml", new Dictionary<string, string> { ["LogMlWorkflow"] = name }));
        return task;
    }

    private ValidateOverrides Task(params (string Name, string Value)[] properties) =>
        new() { BuildEngine = _engine, ProjectFile = Project, Properties = PropertyItems.Of(properties) };
}
