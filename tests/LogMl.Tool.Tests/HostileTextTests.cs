using LogMl.Optimization;
using LogMl.Storage;
using LogMl.Tool.Tests.Kit;

namespace LogMl.Tool.Tests;

/// <summary>Names and values are data: nothing in them is markup, and nothing of them controls the terminal.</summary>
public sealed class HostileTextTests : IDisposable
{
    /// <summary>Markup of Spectre.Console, the sequence for red, a line feed, and a mark that reverses the direction of text.</summary>
    private const string Text = "[red]\u001b[31m\u009b\n\u202e[/]{0}";

    private const string Shown = "[red]\\u001b[31m\\u009b\\n\\u202e[/]{0}";

    private readonly ToolFolder _folder = new ToolFolder().With("study.db", storage =>
    {
        var space = new SearchSpace { ["step." + Text] = Distribution.Uniform(0, 1), ["step.k"] = Distribution.Choice(Text) };
        using var study = StoredStudy.Open(storage, Text, space, new StudyOptions { Sampler = Samplers.Random(seed: 1) });
        study.Optimize(
            trial =>
            {
                trial.SetUserAttribute(Text, Text);
                return trial.Number == 1 ? throw new InvalidOperationException(Text) : 0.5;
            },
            new OptimizeOptions { MaxEvals = 2, Catch = _ => true });
        study.SetUserAttribute(Text, Text);
    });

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, int?> Calls
    {
        get
        {
            var calls = new TheoryData<string, int?>();
            string[] all =
            [
                "studies", "show", "best", "trials", "trial 0", "trial 1", "best --json", "trials --csv", "trials --json", "best --yaml",
            ];
            foreach (var call in all)
            {
                calls.Add(call, null);
                calls.Add(call, 120);
                calls.Add(call, 80);
            }

            return calls;
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void What_a_study_has_in_it_is_shown_as_it_is(string call, int? width)
    {
        _folder.Width = width;
        var output = _folder.Run(call.Split(' ')).Done;

        Assert.DoesNotContain("\u001b[31m", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u009b", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202e", output, StringComparison.Ordinal);
        if (width is null)
        {
            Assert.DoesNotContain("\u001b", output, StringComparison.Ordinal);
        }

        // A table on a terminal may break a cell into lines; CSV, YAML and JSON have escapes of their own.
        var isWhole = width is null && !call.Contains("--", StringComparison.Ordinal);
        Assert.Contains(isWhole ? Shown : "[red]", output, StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_has_the_names_and_values_as_they_are()
    {
        var json = _folder.Run("best", "--json").Json;

        Assert.Equal(Text, json.GetProperty("study").GetString());
        Assert.Equal(0.5, json.GetProperty("best").GetProperty("objectives").GetProperty("loss").GetDouble());
        Assert.Equal(Text, json.GetProperty("best").GetProperty("parameters").GetProperty("step.k").GetString());
        Assert.Equal(Text, json.GetProperty("best").GetProperty("user_attributes").GetProperty(Text).GetString());
    }

    [Fact]
    public void An_error_shows_the_name_on_its_one_line() => Assert.Contains(
        Shown, _folder.Run("best", "--study", "x" + Text).Fails(ToolErrors.Study), StringComparison.Ordinal);
}
