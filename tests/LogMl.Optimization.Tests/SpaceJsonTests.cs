using System.Text.Json;
using CsCheck;
using LogMl.Optimization.Distributions;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tests;

/// <summary>The JSON of a space: what it may be, what is said when it is something else, and how it is written.</summary>
public sealed class SpaceJsonTests
{
    [Fact]
    public void All_distributions_are_read()
    {
        var space = SearchSpace.Parse("""
            {"params":[
              {"name":"a","dist":"uniform","args":[-5,10]},       {"name":"b","dist":"quniform","args":[0,1,0.25]},
              {"name":"c","dist":"uniformint","args":[1,9]},      {"name":"d","dist":"loguniform","args":[-3,3]},
              {"name":"e","dist":"qloguniform","args":[0,5,1]},   {"name":"f","dist":"normal","args":[0,1]},
              {"name":"g","dist":"qnormal","args":[0,5,1]},       {"name":"h","dist":"lognormal","args":[0,1]},
              {"name":"i","dist":"qlognormal","args":[0,1,0.5]},  {"name":"j","dist":"randint","args":[7]},
              {"name":"k","dist":"randint","args":[3,9007199254740992]},
              {"name":"l","dist":"choice","options":[1,"a",null,true,[1,2]]},
              {"name":"m","dist":"pchoice","options":[1,2],"probs":[0.1,0.9]}]}
            """);
        Assert.Equal(
            "a:uniform b:quniform c:uniformint d:loguniform e:qloguniform f:normal g:qnormal h:lognormal i:qlognormal j:randint k:randint l:choice m:pchoice",
            string.Join(' ', space.Select(p => $"{p.Key}:{p.Value.Name}")));
        Assert.Equal(5, ((ChoiceDistribution)space["l"]).Options.Count);
        Assert.Equal([0.1, 0.9], ((ChoiceDistribution)space["m"]).Probabilities);
    }

    [Fact]
    public void Branches_nest_to_any_depth()
    {
        const int Depth = 200;
        var json = """{"params":[]}""";
        for (var i = Depth; i > 0; i--)
        {
            json = $$"""{"params":[{"name":"c{{i}}","dist":"choice","options":[{"label":"deeper",{{json[1..]}},0]}]}""";
        }

        var study = new Study(SearchSpace.Parse(json), new StudyOptions { Sampler = Samplers.Random(1) });
        Assert.Equal(Depth, study.Parameters.Count);
        Assert.Equal("c199", study.Parameters[^1].Parent!.Name);
    }

    [Theory]
    [InlineData("""[]""", "$: it must be an object with \"params\"; it is an array.")]
    [InlineData("""{"param":[]}""", "$: the key 'param' is unknown here; did you mean 'params'?")]
    [InlineData("""{}""", "$: the key 'params' is missing.")]
    [InlineData("""{"params":{}}""", "$.params: it must be an array of parameters; it is an object.")]
    [InlineData("""{"params":[3]}""", "$.params[0]: it must be an object with \"name\" and \"dist\"; it is 3.")]
    [InlineData("""{"params":[{"dist":"uniform"}]}""", "$.params[0]: the key 'name' is missing.")]
    [InlineData("""{"params":[{"name":"","dist":"uniform"}]}""", "$.params[0].name: it must be a text, and not empty; it is \"\".")]
    [InlineData("""{"params":[{"name":"x","dist":"unifrom","args":[0,1]}]}""", "$.params[0].dist: 'unifrom' is no distribution; did you mean 'uniform'?")]
    [InlineData("""{"params":[{"name":"x","dist":"poisson","args":[0,1]}]}""", "$.params[0].dist: 'poisson' is no distribution; there are uniform, quniform,")]
    [InlineData("""{"params":[{"name":"x","dist":"uniform"}]}""", "$.params[0]: the key 'args' is missing.")]
    [InlineData("""{"params":[{"name":"x","dist":"uniform","args":[0]}]}""", "$.params[0].args: uniform takes [low, high].")]
    [InlineData("""{"params":[{"name":"x","dist":"uniform","args":[0,"1"]}]}""", "$.params[0].args[1]: it must be a number; it is \"1\".")]
    [InlineData("""{"params":[{"name":"x","dist":"uniform","args":[1,0]}]}""", "$.params[0]: uniform: low must be less than high; got low = 1, high = 0.")]
    [InlineData("""{"params":[{"name":"x","dist":"randint","args":[2.5]}]}""", "$.params[0]: randint: the bounds must be whole numbers within 2^53; got 2.5.")]
    [InlineData("""{"params":[{"name":"x","dist":"choice","options":[]}]}""", "$.params[0]: choice: choice needs at least one option.")]
    [InlineData("""{"params":[{"name":"x","dist":"choice","args":[1]}]}""", "$.params[0]: the key 'args' is unknown here; there are name, dist, options.")]
    [InlineData("""{"params":[{"name":"x","dist":"pchoice","options":[1,2],"probs":[1]}]}""", "$.params[0].probs: there are 2 options, but 1 probabilities.")]
    [InlineData("""{"params":[{"name":"x","dist":"pchoice","options":[1],"probs":[0.5]}]}""", "$.params[0]: pchoice: The probabilities of pchoice must sum to 1; they sum to 0.5.")]
    [InlineData("""{"params":[{"name":"x","dist":"choice","options":[{"label":1}]}]}""", "$.params[0].options[0]: the key 'params' is missing.")]
    [InlineData(
        """{"params":[{"name":"x","dist":"choice","options":[0,{"label":1,"params":[{"name":"y","dist":"normal","args":[0,-1]}]}]}]}""",
        "$.params[0].options[1].params[0]: normal: ")]
    [InlineData(
        """{"params":[{"name":"x","dist":"choice","options":[{"label":1,"params":[{"name":"x","dist":"normal","args":[0,1]}]}]}]}""",
        "$.params[0].options[0].params[0].name: 'x' is the name of $.params[0] already.")]
    public void What_is_wrong_is_told_with_its_path(string json, string expected)
    {
        var exception = Assert.Throws<FormatException>(() => SearchSpace.Parse(json));
        Assert.StartsWith(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter '", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_json_or_has_a_key_twice_is_no_space()
    {
        Assert.ThrowsAny<JsonException>(() => SearchSpace.Parse("params:"));
        Assert.ThrowsAny<JsonException>(() => SearchSpace.Parse("""{"params":[],"params":[]}"""));
        Assert.Throws<ArgumentNullException>(() => SearchSpace.Parse(null!));
    }

    /// <summary>The text is stored with studies: if this fails, studies of earlier versions have another text for the same space.</summary>
    [Fact]
    public void The_text_of_a_space_is_frozen()
    {
        const string text =
            """{"params":[{"name":"u","dist":"uniform","args":[-5,10.5]},{"name":"qu","dist":"quniform","args":[0,1,0.25]},{"name":"ui","dist":"uniformint","args":[1,9]},"""
            + """{"name":"lu","dist":"loguniform","args":[-6.907755278982137,0]},{"name":"ql","dist":"qloguniform","args":[0,5,1]},{"name":"n","dist":"normal","args":[0,1E-05]},"""
            + """{"name":"qn","dist":"qnormal","args":[0,5,2]},{"name":"ln","dist":"lognormal","args":[-2,2]},{"name":"qln","dist":"qlognormal","args":[0,1,0.5]},"""
            + """{"name":"r","dist":"randint","args":[0,7]},{"name":"r2","dist":"randint","args":[-3,9007199254740992]},"""
            + """{"name":"c","dist":"choice","options":[1,1.0,"ä \"q\"",null,true,{"label":"rbf","params":[{"name":"g","dist":"choice","options":[{"label":2.5,"params":[]},-1E-07]}]}]},"""
            + """{"name":"p","dist":"pchoice","options":["[1,2]",false],"probs":[0.1,0.9]}]}""";
        var space = new SearchSpace
        {
            ["u"] = Distribution.Uniform(-5, 10.5), ["qu"] = Distribution.QUniform(0, 1, 0.25), ["ui"] = Distribution.UniformInt(1, 9),
            ["lu"] = Distribution.LogUniform(-6.907755278982137, 0), ["ql"] =
                Distribution.QLogUniform(0, 5, 1), ["n"] = Distribution.Normal(0, 1e-5),
            ["qn"] = Distribution.QNormal(0, 5, 2), ["ln"] = Distribution.LogNormal(-2, 2), ["qln"] = Distribution.QLogNormal(0, 1, 0.5),
            ["r"] = Distribution.RandInt(7), ["r2"] = Distribution.RandInt(-3, 1L << 53),
            ["c"] = Distribution.Choice(
                1, 1.0, "ä \"q\"", null, true, new Branch(
                    "rbf", new SearchSpace { ["g"] = Distribution.Choice(new Branch(2.5, new SearchSpace()), -1e-7) })),
            ["p"] = Distribution.PChoice((0.1, "[1,2]"), (0.9, false)),
        };

        Assert.Equal(text, space.ToJson());
        Assert.Equal(text, SearchSpace.Parse(text).ToJson());
    }

    [Fact]
    public void Any_space_that_was_written_is_read_as_the_same_one() =>
        Gen.Select(DistributionDrawTests.AnyDistribution, DistributionDrawTests.AnyDistribution, Gen.Long).Sample(
            (outer, inner, seed) =>
            {
                var space =
                    new SearchSpace { ["x"] = outer, ["k"] = Distribution.Choice("a", new Branch(3, new SearchSpace { ["y"] = inner })) };
                var read = SearchSpace.Parse(space.ToJson());
                Assert.Equal(space.ToJson(), read.ToJson());
                Assert.Equal(Draws(space, seed), Draws(read, seed));
            },
            iter: 500);

    private static IEnumerable<KeyValuePair<string, double>> Draws(SearchSpace space, long seed)
    {
        var study = TestSpaces.NewStudy(space, Samplers.Random(seed));
        return [.. Enumerable.Range(0, 5).SelectMany(_ => study.Ask().Values)];
    }
}
