using LogMl.Report.Tests.Kit;
using LogMl.Tool.Tests.Kit;

namespace LogMl.Tool.Tests;

/// <summary>Tables on terminals and in pipes.</summary>
public sealed class TableTests : IDisposable
{
    private readonly ToolFolder _folder = new ToolFolder()
        .With("study.db", storage => SampleStudies.AddClassifiers(storage, "classifiers", 20));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void No_line_is_longer_than_the_terminal_and_what_is_left_out_is_said(int width)
    {
        _folder.Width = width;
        var lines = _folder.Run("trials").Lines;

        Assert.All(lines, line => Assert.True(Plain(line).Length <= width, line));
        Assert.Equal(20 + 4 + 1, lines.Length);
        Assert.Matches("^[0-9]+ columns do not fit into the terminal. All are in --csv and --json.$", lines[^1]);
    }

    [Fact]
    public void Studies_beside_each_other_say_too_what_is_left_out()
    {
        _folder.Width = 80;
        _folder.With("other.db", storage => SampleStudies.AddClassifiers(storage, "others", 20));

        Assert.Matches(
            "^([0-9]+ columns do|One column does) not fit into the terminal. All are in --json.$",
            _folder.Run("compare", "study.db", "other.db").Lines[^1]);
    }

    [Fact]
    public void A_pipe_gets_all_columns_without_lines_and_colours()
    {
        var lines = _folder.Run("trials").Lines;
        Assert.Equal(21, lines.Length);
        Assert.StartsWith("trial  state ", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("stratify", lines[0], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.All(line, c => Assert.InRange(c, ' ', '~')));
    }

    private static string Plain(string line) => System.Text.RegularExpressions.Regex.Replace(line, "\u001b\\[[0-9;]*m", "");
}
