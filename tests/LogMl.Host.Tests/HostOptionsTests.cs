namespace LogMl.Host.Tests;

public sealed class HostOptionsTests
{
    private static readonly string[] Needed =
    [
        "--assembly", "/a/X.dll", "--depsfile", "/a/X.deps.json", "--runtimeconfig", "/a/X.runtimeconfig.json", "--project-directory", "/a", "--study", "x",
        "--output", "/a/out",
    ];

    [Fact]
    public void All_options_are_read()
    {
        var options = HostOptions.Parse(
        [
            .. Needed, "--probing-path", "/p", "--probing-path", "/q", "--max-evals", "5", "--algorithm", "random", "--seed", "3", "--workers", "2", "--timeout", "1.5",
            "--trial-timeout", "30", "--trial-memory", "500MB", "--max-retries", "0", "--max-failures", "7", "--retry-failed", "--reevaluate", "--parent-pid", "77", "--no-progress", "--default-study", "--storage-file", "/s", "--inputs", "/i",
        ]);
        Assert.Equal(["/p", "/q"], options.ProbingPaths);
        Assert.Equal((5, "random", 3L, 2, 77), (options.MaxEvals, options.Algorithm, options.Seed, options.Workers, options.ParentProcess));
        Assert.Equal((TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(30), 500_000_000L, 0), (options.Timeout, options.TrialTimeout, options.TrialMemory, options.MaxRetries));
        Assert.Equal((7, true, true), (options.MaxFailures, options.RetryFailed, options.Reevaluate));
        Assert.Equal((false, true), (options.ShowProgress, options.HasDefaultStudy));
        Assert.Equal(("/s", "/i"), (options.StorageFile, options.Inputs));
    }

    [Fact]
    public void A_seed_is_any_whole_number_of_64_bits() => Assert.Equal(long.MinValue, HostOptions.Parse([.. Needed, "--seed", "-9223372036854775808"]).Seed);

    [Fact]
    public void An_option_that_is_given_twice_is_refused() =>
        Assert.Contains("--seed is given more than once", Assert.Throws<HostException>(() => HostOptions.Parse([.. Needed, "--seed", "1", "--seed", "2"])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("--max-evals", "0", "HyperOptMaxEvals is '0', but must be a whole number from 1 to")]
    [InlineData("--max-evals", "1,5", "HyperOptMaxEvals is '1,5'")]
    [InlineData("--workers", "-1", "HyperOptWorkers is '-1'")]
    [InlineData("--seed", "99999999999999999999", "HyperOptSeed is '99999999999999999999'")]
    [InlineData("--timeout", "1e3", "HyperOptTimeout is '1e3', but must be a number of seconds above 0")]
    [InlineData("--trial-timeout", "0", "HyperOptTrialTimeout is '0', but must be a number of seconds above 0")]
    [InlineData("--trial-memory", "1MB", "HyperOptTrialMemory is '1MB', but must be a size of at least 32MB")]
    [InlineData("--max-retries", "101", "HyperOptMaxRetries is '101', but must be a whole number from 0 to 100")]
    [InlineData("--max-failures", "0", "HyperOptMaxFailures is '0', but must be a whole number from 1 to")]
    [InlineData("--algorithm", "tpee", "did you mean 'tpe'?")]
    [InlineData("--max-eval", "5", "The option --max-eval is unknown; did you mean --max-evals?")]
    public void A_wrong_option_is_named_as_the_property_behind_it(string name, string value, string expected)
    {
        var exception = Assert.Throws<HostException>(() => HostOptions.Parse([.. Needed, name, value]));
        Assert.Equal("LOGML2001", exception.Code);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_option_and_a_missing_value_are_named()
    {
        Assert.Contains("--output is missing", Assert.Throws<HostException>(() => HostOptions.Parse(Needed[..^2])).Message, StringComparison.Ordinal);
        Assert.Contains("--seed has no value", Assert.Throws<HostException>(() => HostOptions.Parse([.. Needed, "--seed"])).Message, StringComparison.Ordinal);
        Assert.Contains("--inputs must be an absolute path", Assert.Throws<HostException>(() => HostOptions.Parse([.. Needed, "--inputs", "list"])).Message, StringComparison.Ordinal);
        Assert.Contains("must be an absolute path", Assert.Throws<HostException>(() => HostOptions.Parse(["--assembly", "X.dll"])).Message, StringComparison.Ordinal);
    }
}
