using LogMl.Tool.Tests.Kit;
using LogMl.Optimization;
using LogMl.Storage;
using LogMl.TestKit;

namespace LogMl.Tool.Tests.AskTell;

/// <summary>ask-tell with a stored study.</summary>
public sealed class StoredAskTellTests
{
    private const string Space = """
        {"params": [
          {"name": "x", "dist": "uniform", "args": [-5, 10]},
          {"name": "k", "dist": "choice", "options": [1, "a", {"label": "rbf", "params": [{"name": "g", "dist": "loguniform", "args": [-3, 3]}]}]}
        ]}
        """;

    [Fact]
    public void Processes_that_end_in_the_middle_propose_together_what_one_would_have_proposed()
    {
        using var folder = new TempDirectory("asktell");
        var file = Path.Combine(folder.Path, "s.db");
        using var one = new AskTellProcess(Space, "--algo tpe --seed 3 --evals 40");
        var expected = Answer(one, 40);

        var actual = new List<Dictionary<string, double>>();
        foreach (var count in new[] { 7, 1, 12, 20 })
        {
            using var part = new AskTellProcess(Space, $"--algo tpe --seed 3 --evals 40 --storage {file} --study a");
            actual.AddRange(Answer(part, count));
            if (actual.Count < 40)
            {
                // A proposal without an answer.
                part.Ask();
            }

            part.Close();
            Assert.Equal((0, ""), End(part));
        }

        Assert.Equal(expected, actual);
        using var none = new AskTellProcess(Space, $"--algo tpe --seed 3 --evals 40 --storage {file} --study a");
        Assert.Equal((0, ""), End(none));
    }

    [Fact]
    public void What_is_noted_with_an_answer_is_stored_and_what_was_noted_in_an_earlier_run_comes_with_the_proposal()
    {
        using var folder = new TempDirectory("asktell");
        var file = Path.Combine(folder.Path, "s.db");
        var space = new SearchSpace { ["x"] = Distribution.Uniform(0, 1) };
        using (var first = new AskTellProcess(space.ToJson(), $"--algo random --seed 3 --evals 2 --storage {file}"))
        {
            first.Ask();
            first.Tell("""{"loss": 1, "user_attrs": {"accuracy": 0.97, "nan": NaN, "ä": [1, null, {"b": true}]}}""");
            first.Ask();
            first.Tell("""{"status": "fail", "user_attrs": {"note": "too hot"}}""");
            Assert.Equal((0, ""), End(first));
        }

        using (var storage = StudyStorages.Sqlite(file))
        using (var study = StoredStudy.Open(storage, "ask-tell", space, new StudyOptions { Sampler = Samplers.Random(3) }))
        {
            Assert.Equal(["accuracy", "nan", "ä"], study.History.Trials[0].UserAttributes.Keys);
            Assert.Equal(0.97, study.History.Trials[0].UserAttributes["accuracy"].GetDouble());
            Assert.Equal("NaN", study.History.Trials[0].UserAttributes["nan"].GetString());
            Assert.Equal("""[1,null,{"b":true}]""", study.History.Trials[0].UserAttributes["ä"].GetRawText());
            Assert.Equal("too hot", study.History.Trials[1].UserAttributes["note"].GetString());
            var trial = study.Ask()!;
            trial.SetUserAttribute("checkpoint", "a.bin");
            study.Release(trial);
        }

        using var second = new AskTellProcess(space.ToJson(), $"--algo random --seed 3 --evals 3 --storage {file}");
        Assert.EndsWith(""","user_attrs":{"checkpoint":"a.bin"}}""", second.AskLine(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_is_killed_loses_no_answer()
    {
        using var folder = new TempDirectory("asktell");
        var file = Path.Combine(folder.Path, "s.db");
        using (var first = new AskTellProcess(Space, $"--algo random --seed 3 --evals 10 --storage {file}"))
        {
            Answer(first, 4);
            first.Ask();
            first.Kill();
        }

        using var second = new AskTellProcess(Space, $"--algo random --seed 3 --evals 10 --storage {file}");
        Assert.Equal(6, Answer(second, 6).Count);
        Assert.Equal((0, ""), End(second));
    }

    [Fact]
    public void Another_space_is_one_line_and_code_1_and_a_file_that_is_no_study_one_line_and_code_2()
    {
        using var folder = new TempDirectory("asktell");
        var file = Path.Combine(folder.Path, "s.db");
        using var first = new AskTellProcess(Space, $"--algo random --seed 3 --evals 1 --storage {file}");
        Answer(first, 1);
        End(first);
        using var other = new AskTellProcess("""{"params":[{"name":"y","dist":"uniform","args":[0,1]}]}""", $"--algo random --seed 3 --evals 2 --storage {file}");
        var (code, error) = End(other);
        Assert.Equal(1, code);
        Assert.Contains("'x' was a number from -5 to 10, and is no parameter any more", error, StringComparison.Ordinal);

        var text = Path.Combine(folder.Path, "text.db");
        File.WriteAllText(text, "not a database, but a text");
        using var garbage = new AskTellProcess(Space, $"--algo random --seed 3 --evals 2 --storage {text}");
        (code, error) = End(garbage);
        Assert.Equal(2, code);
        Assert.Contains("is no SQLite database", error, StringComparison.Ordinal);
        Assert.Equal("not a database, but a text", File.ReadAllText(text));
    }

    [Fact]
    public void What_other_programs_do_in_the_study_is_told_on_stderr()
    {
        using var folder = new TempDirectory("asktell");
        var file = Path.Combine(folder.Path, "s.db");
        using (var storage = StudyStorages.Sqlite(file))
        {
            var study = storage.CreateStudy("ask-tell", [Direction.Minimize], new Dictionary<string, string>(), ["{\"xx\": 1}"]);
            ParameterRecord other = new("y", 1, """{"name":"FloatDistribution","attributes":{"step":null,"low":0.0,"high":2.0,"log":false}}""");
            using (var first = new AskTellProcess(Space, $"--algo random --seed 3 --evals 1 --storage {file}"))
            {
                Answer(first, 1);
                Assert.Equal(
                    (0, "ask-tell: Trial 0 was enqueued by another program with values that it cannot have: the space has no parameter 'xx' (did you mean 'x'?). The algorithm has proposed other values for it.\n"),
                    End(first));
            }

            Assert.True(storage.TryFinish(
                storage.TryCreateTrial(study.Id, 1, [other], new Dictionary<string, string>())!.Value,
                new TrialEnding(StoredState.Complete, [1])));
        }

        using var second = new AskTellProcess(Space, $"--algo random --seed 3 --evals 3 --storage {file}");
        Answer(second, 1);
        var (code, error) = End(second);
        Assert.Equal(0, code);
        Assert.StartsWith("ask-tell: 1 trial of the study 'ask-tell' that another program has added has other parameters than the space: 1 ('y' is no parameter).", error, StringComparison.Ordinal);
    }

    private static List<Dictionary<string, double>> Answer(AskTellProcess process, int count)
    {
        var proposals = new List<Dictionary<string, double>>();
        for (var i = 0; i < count; i++)
        {
            var proposal = process.Ask();
            proposals.Add(proposal);
            process.Tell(FormattableString.Invariant($"{{\"loss\": {proposal["x"] * proposal["x"]}}}"));
        }

        return proposals;
    }

    private static (int ExitCode, string Errors) End(AskTellProcess process)
    {
        var (exitCode, output, errors) = process.End();
        Assert.Equal("", output);
        return (exitCode, errors);
    }
}
