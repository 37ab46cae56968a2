using LogMl.TestKit;
using LogMl.TestKit.Optuna;

namespace LogMl.Storage.Tests.Interop;

/// <summary>The way in which other tests run Optuna.</summary>
public sealed class OptunaScriptTests
{
    [OptunaFact]
    public void Arguments_go_in_and_what_is_printed_comes_out()
    {
        var output = OptunaScript.Run(
            """
            import sys, optuna
            print("to stderr", file=sys.stderr)
            study = optuna.create_study(direction=sys.argv[1])
            print(study.direction.name, sys.argv[2])
            """,
            "maximize",
            "ä ß");

        Assert.Equal("MAXIMIZE ä ß\n", output);
    }

    [OptunaFact]
    public void A_script_that_fails_says_why()
    {
        var error = Assert.Throws<ExpectationException>(() => OptunaScript.Run("raise ValueError('no such thing')"));

        Assert.Contains("ValueError: no such thing", error.Message, StringComparison.Ordinal);
    }
}
