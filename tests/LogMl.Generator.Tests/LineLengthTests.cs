using LogMl.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LogMl.Generator.Tests;

/// <summary>
/// Lines of code and comments fit side by side on a screen. The compiler has no rule for it. A text is not cut for the sake of its line, so
/// a line may be longer where a text passes the limit.
/// </summary>
public sealed class LineLengthTests
{
    private const int MaxLength = 140;

    [Fact]
    public void A_line_of_code_or_comment_fits()
    {
        var files = Repository.Sources().ToArray();
        var tooLong = files.SelectMany(file => TooLong(Repository.Read(file)).Select(line => $"{file}({line})"));

        Assert.True(files.Length > 500, $"{files.Length} sources");
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Only_a_text_may_pass_the_limit()
    {
        var wide = new string('x', MaxLength);

        Assert.Equal([1], TooLong($"// {wide}"));
        Assert.Equal([1], TooLong($"/// <summary>{wide}</summary>\nclass C;"));
        Assert.Equal([2], TooLong($"class C\n{{ int {wide}; }}"));
        Assert.Equal([1], TooLong($"class C {{ string s = \"short\"; int {wide}; }}"));
        Assert.Empty(TooLong($"class C {{ string s = \"{wide}\"; }}"));
        Assert.Empty(TooLong($"class C {{ string s = $\"{{1}}{wide}\"; }}"));
        Assert.Empty(TooLong($"class C {{ string s = \"\"\"\n{wide}y\n\"\"\"; }}"));
    }

    /// <summary>The numbers of the lines that are too long, from 1.</summary>
    private static IEnumerable<int> TooLong(string source)
    {
        if (!source.Split('\n').Any(line => line.Length > MaxLength))
        {
            return [];
        }

        var tree = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest));
        return
        [
            .. from line in tree.GetText().Lines
               where line.Span.Length > MaxLength && !IsInText(tree.GetRoot(), line.Start + MaxLength)
               select line.LineNumber + 1,
        ];
    }

    private static bool IsInText(SyntaxNode root, int position)
    {
        var token = root.FindToken(position);
        var isText = token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.Utf8StringLiteralToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
            or SyntaxKind.Utf8SingleLineRawStringLiteralToken or SyntaxKind.Utf8MultiLineRawStringLiteralToken;
        return token.Span.Contains(position)
            && (isText || token.Parent!.AncestorsAndSelf()
                .Any(node => node is InterpolatedStringExpressionSyntax text && text.SpanStart < position));
    }
}
