using System.Globalization;
using System.Text.Json;
using LogMl.Optimization;
using LogMl.Optimization.Distributions;

namespace LogMl.Storage.Tests.Interop;

/// <summary>A space with each of the twelve distributions, each kind of option, and a parameter that only one option has.</summary>
internal static class EverySpace
{
    /// <summary>The same distributions in Optuna's words: <c>expected</c>, and <c>same</c>, which compares two of them.</summary>
    public const string InPython =
        """
        e = math.exp
        expected = {
            "uniform": FloatDistribution(-5, 10),
            "quniform": FloatDistribution(0, 0.7, step=0.1),
            "loguniform": FloatDistribution(e(-7), 1, log=True),
            "qloguniform": FloatDistribution(0, 148, step=2),
            "normal": FloatDistribution(-8, 8),
            "qnormal": FloatDistribution(-8, 8, step=0.5),
            "lognormal": FloatDistribution(e(-4), e(4), log=True),
            "qlognormal": FloatDistribution(0, 55, step=1),
            "step.uniformint": IntDistribution(1, 100),
            "step.randint": IntDistribution(0, 9),
            "step.randint of two": IntDistribution(5, 7),
            "choice": CategoricalDistribution([None, True, 3, 1.5, "relu"]),
            "pchoice": CategoricalDistribution([False, "ä \"quoted\"", -1e-9, 2.0]),
            "layer": CategoricalDistribution(["none", "dropout"]),
            "rate": FloatDistribution(0, 0.5),
        }

        def same(a, b):
            if type(a) != type(b):
                return False
            if isinstance(a, CategoricalDistribution):
                return [(type(c), c) for c in a.choices] == [(type(c), c) for c in b.choices]
            # The two languages may compute powers of e with another last digit.
            return (a.log, a.step) == (b.log, b.step) and math.isclose(a.low, b.low, rel_tol=1e-14) and math.isclose(a.high, b.high, rel_tol=1e-14)


        """;

    public static SearchSpace Create() => new()
    {
        { "uniform", Distribution.Uniform(-5, 10) },
        { "quniform", Distribution.QUniform(0, 0.7, 0.1) },
        { "loguniform", Distribution.LogUniform(-7, 0) },
        { "qloguniform", Distribution.QLogUniform(0, 5, 2) },
        { "normal", Distribution.Normal(0, 2) },
        { "qnormal", Distribution.QNormal(0, 2, 0.5) },
        { "lognormal", Distribution.LogNormal(0, 1) },
        { "qlognormal", Distribution.QLogNormal(0, 1, 1) },
        { "step.uniformint", Distribution.UniformInt(1, 100) },
        { "step.randint", Distribution.RandInt(10) },
        { "step.randint of two", Distribution.RandInt(5, 8) },
        { "choice", Distribution.Choice(null, true, 3, 1.5, "relu") },
        { "pchoice", Distribution.PChoice((0.1, false), (0.6, "ä \"quoted\""), (0.2, -1e-9), (0.1, 2.0)) },
        { "layer", Distribution.Choice("none", new Branch("dropout", new SearchSpace { { "rate", Distribution.Uniform(0, 0.5) } })) },
    };

    /// <summary>Expects the values of a trial of ours to be those that Optuna has.</summary>
    /// <param name="parameters">The parameters of the study.</param>
    /// <param name="ours">Our values: numbers, and indices of options.</param>
    /// <param name="theirs">Optuna's values.</param>
    public static void AssertEqual(
        IReadOnlyList<Parameter> parameters, IReadOnlyDictionary<string, double> ours, IReadOnlyDictionary<string, JsonElement> theirs)
    {
        Assert.Equal(ours.Keys.Order(StringComparer.Ordinal), theirs.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, value) in ours)
        {
            var parameter = parameters.Single(parameter => parameter.Name == name);
            if (parameter.Distribution is ChoiceDistribution choice)
            {
                AssertOption(choice.Options[(int)value], theirs[name]);
            }
            else
            {
                // Points of a grid are computed in another way: 0.3 or 3 * 0.1.
                var tolerance = parameter.Distribution is NumericDistribution { IsInteger: false } && name.StartsWith('q')
                    ? 1e-12 * Math.Max(1, Math.Abs(value))
                    : 0;
                Assert.Equal(value, theirs[name].GetDouble(), tolerance);
            }
        }
    }

    /// <summary>The same value, and of the same type: 2 is not 2.0.</summary>
    private static void AssertOption(object? ours, JsonElement theirs)
    {
        switch (ours)
        {
            case null:
                Assert.Equal(JsonValueKind.Null, theirs.ValueKind);
                break;
            case bool value:
                Assert.Equal(value, theirs.GetBoolean());
                break;
            case string value:
                Assert.Equal(value, theirs.GetString());
                break;
            case int or long:
                Assert.Equal(Convert.ToString(ours, CultureInfo.InvariantCulture), theirs.GetRawText());
                break;
            default:
                Assert.Equal((double)ours, theirs.GetDouble());
                Assert.Contains(theirs.GetRawText(), character => character is '.' or 'e');
                break;
        }
    }
}
