using LogMl.Shared;

namespace LogMl.Host.AskTell;

/// <summary>The command line of <c>ask-tell</c>.</summary>
/// <param name="Space">The file with the search space.</param>
/// <param name="Algorithm">One of <see cref="Algorithms.Names"/>.</param>
/// <param name="Seed">The sampler's seed.</param>
/// <param name="Evaluations">The number of proposals.</param>
/// <param name="Options">The file with the sampler's options, or null.</param>
/// <param name="Storage">The SQLite file with the study, or <see cref="FromEnvironment"/>; null for none.</param>
/// <param name="Study">The name of the study in it.</param>
/// <param name="Points">The file with the points that a study begins with, or null.</param>
internal sealed record AskTellOptions(
    string Space, string Algorithm, long Seed, int Evaluations, string? Options, string? Storage, string Study, string? Points)
{
    /// <summary>What <c>--help</c> prints.</summary>
    public static readonly string Help = $$$"""
        Proposes points on stdout and reads on stdin what they are worth, a line of JSON each. A program in any language runs the trials.

        dotnet LogMl.Host.dll ask-tell --space FILE --algo NAME --seed N --evals N [option...]

          --space FILE                the search space:
                                        {"params": [{"name": "x", "dist": "uniform", "args": [-5, 10]},
                                                    {"name": "k", "dist": "choice", "options": ["a", {"label": "b", "params": [...]}]}]}
          --algo NAME                 {{{string.Join(", ", Algorithms.Names)}}}
          --seed N                    the same seed and the same answers give the same proposals
          --evals N                   how many points are proposed
          --options FILE              options of the algorithm, such as {"candidates": 48}
          --points-to-evaluate FILE   the points that a study begins with, such as [{"x": 1.5, "k": "b"}]; what one leaves open, the algorithm proposes
          --storage FILE|env          a SQLite file in which the study is kept; env: the place that {{{StorageSource.Variable}}} names
          --study NAME                the name of the study in it ({{{DefaultStudy}}})

        > {"params":{"x":8.9,"k#index":0},"values":{"x":8.9,"k":"a"}}
        < {"loss": 0.5}          or {"state": "failed"}, or {"state": "pruned", "loss": 0.7}, or hyperopt's {"status": "ok", "loss": 0.5}

        """;

    /// <summary>The value of <c>--storage</c> for the store that the environment names. Its location may have a password in it.</summary>
    public const string FromEnvironment = "env";

    private const string DefaultStudy = "ask-tell";

    private static readonly string[] Needed = ["--space", "--algo", "--seed", "--evals"];

    /// <exception cref="HostException">An option is unknown, missing, or has a wrong value.</exception>
    public static AskTellOptions Parse(IReadOnlyList<string> args)
    {
        var line = new CommandLine(args);
        line.RequireOnly([.. Needed, "--options", "--storage", "--study", "--points-to-evaluate"]);
        foreach (var needed in Needed)
        {
            line.Required(needed);
        }

        var options = new AskTellOptions(
            line.Required("--space"),
            line.OneOf("--algo", Algorithms.Names)!,
            line.Integer("--seed", long.MinValue, long.MaxValue)!.Value,
            (int)line.Integer("--evals", 0, int.MaxValue)!.Value,
            line.Optional("--options"),
            line.Optional("--storage"),
            line.Optional("--study") ?? DefaultStudy,
            line.Optional("--points-to-evaluate"));
        return options.Storage is null && line.Optional("--study") is not null
            ? throw new HostException(
                HostErrors.Usage,
                "--study is the name of a study in a store, but there is no --storage. Add --storage, or leave --study out.")
            : options;
    }
}
