using CsCheck;
using LogMl.Shared;

namespace LogMl.Tests;

public sealed class NearestNameTests
{
    private static readonly string[] Steps = ["dataset_create", "dataset_split", "model_create", "model_train", "model_evaluate"];

    [Theory]
    [InlineData("model_trian", "model_train")]
    [InlineData("MODEL_TRAIN", "model_train")]
    [InlineData("dataset_crate", "dataset_create")]
    [InlineData("modl_create", "model_create")]
    [InlineData("xyz", null)]
    [InlineData("", null)]
    public void A_slip_of_the_fingers_is_understood(string typed, string? meant) => Assert.Equal(meant, NearestName.Find(typed, Steps));

    [Fact]
    public void A_name_is_nearest_to_itself() =>
        Gen.Int[0, Steps.Length - 1].Select(i => Steps[i]).Sample(name => NearestName.Find(name, Steps) == name);

    [Fact]
    public void Whatever_is_typed_the_answer_is_one_of_the_names_or_nothing() =>
        Gen.String[0, 3000].Sample(text => NearestName.Find(text, Steps) is not { } name || Steps.Contains(name));

    // The cost of the distance is quadratic: two texts of a million characters would take hours, and more memory than there is.
    [Fact]
    public void A_text_that_is_longer_than_any_name_is_near_to_nothing_not_even_to_itself()
    {
        var name = new string('a', 100);
        var text = new string('a', 1_000_000);

        Assert.Equal(name, NearestName.Find(name, [name]));
        Assert.Null(NearestName.Find(name + "a", [name]));
        Assert.Null(NearestName.Find(name, [name + "a"]));
        Assert.Null(NearestName.Find(text, [text]));
    }

    [Fact]
    public void Of_equally_near_names_the_first_is_taken() => Assert.Equal("cat", NearestName.Find("rat", ["cat", "bat"]));
}
