using LogMl.Shared;

namespace LogMl.Host.AskTell;

/// <summary>The command line of <c>ask-tell</c>.</summary>
/// <param name="Space">The file with the search space.</param>
/// <param name="Algorithm">One of <see cref="AlgorithmNames.All"/>.</param>
/// <param name="Seed">The sampler's seed.</param>
/// <param name="Evaluations">The number of proposals.</param>
/// <param name="Options">The file with the sampler's options, or null.</param>
/// <param name="Storage">The SQLite file with the study, or <see cref="FromEnvironment"/>; null for none.</param>
/// <param name="Study">The name of the study in it.</param>
internal sealed record AskTellOptions(string Space, string Algorithm, long Seed, int Evaluations, string? Options, string? Storage, string Study)
{
    /// <summary>The place of the store is in the environment, because it may have a password in it.</summary>
    public const string FromEnvironment = "env";

    private const string DefaultStudy = "ask-tell";

    private static readonly string[] Needed = ["--space", "--algo", "--seed", "--evals"];

    /// <exception cref="HostException">An option is unknown, missing, or has a wrong value.</exception>
    public static AskTellOptions Parse(IReadOnlyList<string> args)
    {
        var line = new CommandLine(args);
        foreach (var needed in Needed)
        {
            line.Required(needed);
        }

        var options = new AskTellOptions(
            line.Required("--space"),
            line.OneOf("--algo", "--algo", AlgorithmNames.All)!,
            line.Integer("--seed", null, long.MinValue, long.MaxValue)!.Value,
            (int)line.Integer("--evals", null, 0, int.MaxValue)!.Value,
            line.Optional("--options"),
            line.Optional("--storage"),
            line.Optional("--study") ?? DefaultStudy);
        line.RequireAllUsed();
        return options;
    }
}
