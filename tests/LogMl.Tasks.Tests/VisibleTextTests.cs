using CsCheck;
using LogMl.Shared;

namespace LogMl.Tasks.Tests;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("größer als 日本 🙂 {0} C:\\new", "größer als 日本 🙂 {0} C:\\new")]
    [InlineData("a\tb\r\nc\0", "a\\tb\\r\\nc\\u0000")]
    [InlineData("\u001b]8;;http://x\u0007link\u009c", "\\u001b]8;;http://x\\u0007link\\u009c")]
    [InlineData("exe\u202egpj.\u2066\u200f\u061c\u2029", "exe\\u202egpj.\\u2066\\u200f\\u061c\\u2029")]
    [InlineData("", "")]
    public void What_would_have_power_over_a_terminal_is_written_out(string text, string visible) =>
        Assert.Equal(visible, VisibleText.Of(text));

    [Fact]
    public void A_text_that_is_shown_twice_stays_as_it_is() => Gen.String.Sample(text =>
    {
        var visible = VisibleText.Of(text);
        Assert.DoesNotContain(visible, char.IsControl);
        Assert.Equal(visible, VisibleText.Of(visible));
    });
}
