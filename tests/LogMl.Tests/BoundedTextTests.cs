using LogMl.Shared;

namespace LogMl.Tests;

public sealed class BoundedTextTests
{
    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(1002)]
    [InlineData(50_000_000)]
    public void A_longer_text_becomes_one_that_is_not_cut_again(int length)
    {
        // Pairs at even and at odd places.
        foreach (var start in new[] { "", "a" })
        {
            var cut = BoundedText.Cut(start + string.Concat(Enumerable.Repeat("\U0001F600", length / 2)), 1000);
            Assert.InRange(cut.Length, 1, 1000);
            Assert.Same(cut, BoundedText.Cut(cut, 1000));
            Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(cut)));
        }
    }

    [Fact]
    public void A_short_text_stays_as_it_is() => Assert.Equal("short", BoundedText.Cut("short", 5));
}
