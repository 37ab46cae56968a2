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
    public void A_name_is_nearest_to_itself() => Gen.Int[0, Steps.Length - 1].Select(i => Steps[i]).Sample(name => NearestName.Find(name, Steps) == name);

    [Fact]
    public void Any_text_is_answered_in_bounded_time() => Gen.String[0, 3000].Sample(text => NearestName.Find(text, Steps) is null or { Length: > 0 });

    [Fact]
    public void Of_equally_near_names_the_first_is_taken() => Assert.Equal("cat", NearestName.Find("rat", ["cat", "bat"]));
}
