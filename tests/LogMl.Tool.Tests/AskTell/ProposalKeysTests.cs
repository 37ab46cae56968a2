using LogMl.Tool.AskTell;
using LogMl.Optimization;

namespace LogMl.Tool.Tests.AskTell;

/// <summary>A proposal has the index of a choice beside the values of the other parameters.</summary>
public sealed class ProposalKeysTests
{
    [Theory]
    [InlineData(
        """{"params":[{"name":"k#index","dist":"uniform","args":[0,1]},{"name":"k","dist":"choice","options":[1,2]}]}""",
        "$.params[0].name: 'k#index' is the key that a proposal has for the index of the choice 'k' ($.params[1]). Rename one of the two.")]
    [InlineData(
        """{"params":[{"name":"k","dist":"choice","options":[1,{"label":2,"params":[{"name":"x","dist":"randint","args":[3]},{"name":"k#index","dist":"randint","args":[3]}]}]}]}""",
        "$.params[0].options[1].params[1].name: 'k#index' is the key that a proposal has for the index of the choice 'k' ($.params[0]). Rename one of the two.")]
    public void A_parameter_with_the_key_of_an_index_is_refused_with_the_places_of_both(string json, string expected) =>
        Assert.Equal(expected, Assert.Throws<FormatException>(() => ProposalKeys.Require(SearchSpace.Parse(json))).Message);

    [Fact]
    public void Beside_a_number_it_is_a_name_like_others()
    {
        var space = SearchSpace.Parse("""{"params":[{"name":"k#index","dist":"uniform","args":[0,1]},{"name":"k","dist":"uniform","args":[0,1]}]}""");
        Assert.Same(space, ProposalKeys.Require(space));
    }
}
