using System.Globalization;
using CsCheck;
using LogMl.Configuration.Editing;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LogMl.Configuration.Tests.Editing;

/// <summary>Random files in all styles: the values are the new ones, and no byte outside of them changes.</summary>
public class EditingFuzzTests
{
    /// <summary>The number of files; the variable CsCheck_Iter asks for more.</summary>
    private static readonly long Files = Math.Max(500, Check.Iter);

    [Fact]
    public void Values_change_and_nothing_else() => Gen.Int.Sample(
        seed =>
        {
            var file = new RandomFile(seed);
            var edit = Apply(file.Text, file);
            Assert.True(edit.Problem is null, $"{edit.Problem}\n{file.Text}\n{file.Values}");
            AssertOutside(file, edit);
            AssertValues(file, edit.Text);
            Assert.Equal(
                file.Comments.Select(comment => (comment.Text, comment.Goes)).Order(),
                edit.Notices.Select(notice => (
                    file.Text.Substring(notice.Span.Start, notice.Span.Length),
                    notice.Message.Contains(" goes with ", StringComparison.Ordinal))).Order());
            Assert.Empty(Apply(edit.Text, file).Edits);
        },
        iter: Files);

    private static DefaultsEdit Apply(string text, RandomFile file) => DefaultsEditor.Apply(
        text, file.Values, [.. file.Wanted.Keys.Select(name => $"model_train.{name}")], CancellationToken.None);

    /// <summary>Each replaced span is inside of pieces that are values, and the text is the old one with these spans replaced.</summary>
    private static void AssertOutside(RandomFile file, DefaultsEdit edit)
    {
        var isValue = file.Pieces.SelectMany(piece => piece.Text.Select(_ => piece.Parameter is not null)).ToArray();
        var rebuilt = "";
        var position = 0;
        foreach (var change in edit.Edits)
        {
            Assert.DoesNotContain(false, isValue[change.Start..change.End]);
            rebuilt += file.Text[position..change.Start] + change.Text;
            position = change.End;
        }

        Assert.Equal(rebuilt + file.Text[position..], edit.Text);
    }

    /// <summary>Another reader of the file finds the new values.</summary>
    private static void AssertValues(RandomFile file, string text)
    {
        var stream = new YamlStream();
        stream.Load(new Parser(new Yaml.LookaheadScanner(new Scanner(new StringReader(text.TrimStart('\uFEFF'))))));
        var step = stream.Documents[0].RootNode["functions"]["model_train"];
        foreach (var (name, wanted) in file.Wanted)
        {
            string[] found = [.. Scalars(step[name])];
            Assert.Equal(wanted.Length, found.Length);
            Assert.All(wanted.Zip(found), pair => Assert.True(IsSame(pair.First, pair.Second), $"{name}: {pair}\n{text}"));
        }
    }

    private static IEnumerable<string> Scalars(YamlNode node) => node switch
    {
        YamlScalarNode scalar => [scalar.Value!],
        YamlMappingNode mapping => mapping.Children.SelectMany(pair => Scalars(pair.Key).Concat(Scalars(pair.Value))),
        _ => throw new InvalidOperationException(),
    };

    private static bool IsSame(string wanted, string found) => wanted == found
        || (double.TryParse(wanted, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.TryParse(found, NumberStyles.Float, CultureInfo.InvariantCulture, out var other) && number.Equals(other));
}
