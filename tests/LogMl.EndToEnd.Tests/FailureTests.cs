namespace LogMl.EndToEnd.Tests;

/// <summary>Errors in the YAML, in a step, and in a worker.</summary>
public sealed class FailureTests
{
    [Fact]
    public async Task A_typing_error_in_the_file_is_a_compile_error_at_its_place_and_nothing_runs()
    {
        using var project = await Consumer.ApplicationAsync();
        project.Replace("logml.yaml", "['uniform',", "['unifrom',");

        var result = (await project.BuildAsync("-t:HyperOpt")).Failed();

        Assert.Contains("logml.yaml(8,", Assert.Single(result.Errors), StringComparison.Ordinal);
        result.Shows("error LOGML00").Shows("did you mean 'uniform'");
        Assert.False(project.Has("HyperOptResults"));
    }

    [Fact]
    public async Task An_exception_in_a_step_fails_its_trial_and_the_search_goes_on()
    {
        using var project = await Consumer.ApplicationAsync(
            """if (trial.Number == 2) { throw new InvalidOperationException("the third trial is not to my liking"); } return x;""");

        var result = await project.BuildAsync("-t:HyperOpt");

        result.Expect(result.ExitCode == 0, "success").Shows("[6/6]").Shows("best loss");
        var error = project.Read("HyperOptResults/app/trials/2/error.txt");
        Assert.Contains("the third trial is not to my liking", error, StringComparison.Ordinal);
        Assert.Contains("at Tuned.Loss", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_all_trials_fail_the_build_fails_and_shows_the_first_failure()
    {
        using var project = await Consumer.ApplicationAsync("""throw new InvalidOperationException("never {0} again");""");

        var result = (await project.BuildAsync("-t:HyperOpt")).Failed();

        Assert.Contains("error LOGML2", Assert.Single(result.Errors), StringComparison.Ordinal);
        result.Shows("never {0} again");
    }

    [Fact]
    public async Task A_worker_that_dies_costs_one_trial()
    {
        using var project = await Consumer.ApplicationAsync("if (trial.Number == 1) { Environment.Exit(3); } return x;");

        var result = await project.BuildAsync("-t:HyperOpt");

        result.Expect(result.ExitCode == 0, "success").Shows("[6/6]").Shows("best loss");
    }
}
