using System.Globalization;
using System.Text;
using LogMl.Shared;

namespace LogMl.Configuration.Tests.Editing;

/// <summary>
/// A random configuration file in every style of YAML, as the pieces of its text, and new values for its parameters. Only the pieces that
/// are values may be changed.
/// </summary>
internal sealed class RandomFile
{
    private static readonly string[] Words = ["relu", "tanh", "leaky_relu", "gelu", "l1-norm", "selu"];

    private static readonly string[] Texts =
    [
        "yes", "null", "1", "1e5", "a: b", "a #b", "it's", "\"quoted\"", "größe", "Ωmega 😀", "𝒳", "- x", "[a]", "{b}", "back\\slash",
        "x, y",
        "tab\there", "two words", "http://a/b", "0o17", "2026-01-31", "~", ".inf", "trailing:", "&a", "*b", "!c", "%d", "@e", "`f", "<<",
    ];

    private static readonly string[] SomeComments = ["# plain", "# größer 😀", "#", "# key: value", "# 'quote", "# &anchor *alias"];

    private readonly Random _random;
    private readonly List<(string Text, string? Parameter)> _pieces = [];
    private readonly List<string> _values = [];
    private readonly List<string> _space = [];
    private readonly string _newLine;
    private int _anchors;

    public RandomFile(int seed)
    {
        _random = new Random(seed);
        _newLine = _random.Next(3) switch { 0 => "\r\n", _ => "\n" };
        Add(One(3) ? "\uFEFF" : "");
        Noise("");
        if (One(2))
        {
            OtherSection();
        }

        Functions();
        Line("hyper_parameter_optimization:" + Comment());
        Line("  max_evals: 5");
        Line("  space:");
        Line("    model_train:");
        _space.ForEach(Line);
        Noise("");
        if (One(4))
        {
            var (last, _) = _pieces[^1];
            _pieces[^1] = (last.TrimEnd('\r', '\n'), null);
        }
    }

    /// <summary>The pieces in their order, each with the parameter whose value it is.</summary>
    public IReadOnlyList<(string Text, string? Parameter)> Pieces => _pieces;

    public string Text => string.Concat(_pieces.Select(piece => piece.Text));

    /// <summary>The comments of values that are replaced: those that go, and those that stay beside another branch.</summary>
    public List<(string Text, bool Goes)> Comments { get; } = [];

    /// <summary>The new values in the form of best.yaml.</summary>
    public string Values => "functions:\n  model_train:\n" + string.Concat(_values.Select(line => $"    {line}\n"));

    /// <summary>The parameters, with what the plain scalars in their new values are, in their order.</summary>
    public Dictionary<string, string[]> Wanted { get; } = [];

    private bool One(int of) => _random.Next(of) == 0;

    private T Of<T>(params T[] items) => items[_random.Next(items.Length)];

    private void Add(string text, string? parameter = null)
    {
        if (text.Length > 0)
        {
            _pieces.Add((text, parameter));
        }
    }

    private void Line(string text) => Add(text + _newLine);

    private string Comment() => One(3) ? Of("  ", " ", "\t") + Of(SomeComments) : "";

    private void Noise(string indentation)
    {
        while (One(3))
        {
            Line(One(2) ? indentation + Of(SomeComments) : Of("", "  "));
        }
    }

    private void OtherSection()
    {
        Line("dataset:" + Comment());
        Line($"  base: &shared{Of(" 1", " 'two'", " [3, 4]")}{Comment()}");
        Line("  same: *shared");
        Line("  text: " + Of("|", "|-", ">+", ">-"));
        Line("    some 😀 lines");
        Line("");
        Line("      # of text");
        Noise("  ");
    }

    private void Functions()
    {
        if (One(4))
        {
            Add("functions: {model_train: {");
            for (var i = 0; i < 1 + _random.Next(6); i++)
            {
                Add(i > 0 ? Of(", ", ",  ", $",{_newLine}    ") : Of("", " ", $"{_newLine}   "));
                Add($"{Key(i)}:{Of(" ", "  ", $"{_newLine}      ")}");
                Parameter(i, "", isInFlow: true);
            }

            Line(Of("}}", " } }", $"{_newLine}  }}}}") + Comment());
            return;
        }

        Line("functions:" + Comment());
        Noise("  ");
        Line(Of("  model_train:", "  'model_train':", "  \"model_train\" :") + Comment());
        var indentation = Of("    ", "   ", "      ");
        for (var i = 0; i < 1 + _random.Next(8); i++)
        {
            Noise(indentation);
            if (One(5))
            {
                Line($"{indentation}other{i}: {Of("1", "'x'", "[1, 2]", "&o" + i + " 2.5", "\"😀\"")}{Comment()}");
            }

            Add($"{indentation}{Key(i)}:");
            Parameter(i, indentation, isInFlow: false);
        }
    }

    private string Key(int i) => Of($"p{i}", $"'p{i}'", $"\"p{i}\"");

    private string Anchor() => One(6) ? $"&a{_anchors++} " : "";

    private void Parameter(int i, string indentation, bool isInFlow)
    {
        var name = $"p{i}";
        switch (_random.Next(6))
        {
            case 0:
                Scalars(name, indentation, isInFlow, "['uniform', 0, 1]", _ => Number(_random.NextDouble()));
                break;
            case 1:
                Scalars(name, indentation, isInFlow, "['randint', 100]", _ =>
                    _random.Next(100).ToString(CultureInfo.InvariantCulture) is var number ? (number, number) : default);
                break;
            case 2:
                Scalars(
                    name, indentation, isInFlow, $"['choice', [{string.Join(", ", Words)}]]",
                    _ => Of(Words) is var word ? (word, word) : default);
                break;
            case 3:
                Scalars(
                    name, indentation, isInFlow, $"['choice', [{string.Join(", ", Texts.Select(YamlQuotes.Double))}]]",
                    _ => Of(Texts) is var text ? (text, YamlQuotes.Of(text)) : default, isText: true);
                break;
            case 4:
                Scalars(
                    name, indentation, isInFlow, "['choice', [true, false]]",
                    _ => Of("true", "false") is var flag ? (flag, flag) : default);
                break;
            default:
                Branches(name, indentation, isInFlow);
                break;
        }
    }

    /// <summary>A number with the forms in which a file has it and in which a search writes it.</summary>
    private (string Value, string Written) Number(double value)
    {
        value = Of(value, Math.Round(value, 2), value * 1e-7);
        return (value.ToString("R", CultureInfo.InvariantCulture), YamlReal.Of(value));
    }

    /// <summary>A parameter whose value is a scalar.</summary>
    private void Scalars(
        string name, string indentation, bool isInFlow, string distribution, Func<int, (string Value, string Written)> next,
        bool isText = false)
    {
        _space.Add($"      {name}: {distribution}");
        var (old, _) = next(0);
        var (wanted, written) = next(1);
        Wanted[name] = [wanted];
        _values.Add($"{name}: {written}");
        if (isInFlow)
        {
            Add(Anchor());
            Add(InLine(old, isText), name);
            return;
        }

        Block(name, indentation, old, isText);
    }

    private void Block(string name, string indentation, string old, bool isText)
    {
        if (isText && One(3) && old.All(c => c != '\t') && !char.IsWhiteSpace(old[0]))
        {
            Add(Of(" ", "  ") + Anchor());
            Add($"{Of("|-", ">-")}{Comment()}{_newLine}{indentation}  {old}", name);
            Line("");
            Noise("");
            return;
        }

        Add(Of(" ", "   ", $"{_newLine}{indentation}  ", $" # here{_newLine}{indentation}    ") + Anchor());
        Add(InLine(old, isText), name);
        Line(Comment());
    }

    private string InLine(string value, bool isText)
    {
        var quoted = new List<string> { YamlQuotes.Double(value) };
        if (YamlQuotes.CanBeSingle(value))
        {
            quoted.Add(YamlQuotes.Of(value));
        }

        if (!isText)
        {
            quoted.AddRange([value, value, value]);
        }
        else if (value is "two words" or "http://a/b" or "größe" or "back\\slash" or "Ωmega 😀")
        {
            quoted.Add(value);
        }

        return Of([.. quoted]);
    }

    /// <summary>A choice with branches. Its whole value may be written anew when another branch is chosen.</summary>
    private void Branches(string name, string indentation, bool isInFlow)
    {
        _space.Add($"      {name}: ['choice', [none, {{svm: {{c: ['uniform', 0, 1], kernel: ['choice', [linear, rbf]]}}}}, "
            + "{tree: {depth: ['randint', 9]}}]]");
        var wanted = Of("none", "svm", "tree");
        var (c, number) = Number(_random.NextDouble());
        var kernel = Of("linear", "rbf");
        _values.Add(wanted switch
        {
            "none" => $"{name}: none",
            "svm" => $"{name}: {{svm: {{c: {number}, kernel: {kernel}}}}}",
            _ => $"{name}: {{tree: {{depth: 7}}}}",
        });
        Wanted[name] = wanted switch { "none" => ["none"], "svm" => ["svm", "c", c, "kernel", kernel], _ => ["tree", "depth", "7"] };
        var old = Of("none", "svm", "tree");
        if (old == "none")
        {
            Add(isInFlow ? "" : " ");
            Add(Of("none", "'none'", "{none: {}}"), name);
            if (!isInFlow)
            {
                Line(Comment());
            }

            return;
        }

        var (before, _) = Number(_random.NextDouble());
        var hasBlock = !isInFlow && One(2);
        var step = Of("  ", " ", "    ");
        string[] lines = old == "svm" ? ["c", before, "kernel", Of("linear", "'rbf'", "\"linear\"")] : ["depth", Of("3", "'4'")];

        // In the same branch only the scalars may change.
        string? Whole(bool isScalar) => isScalar == (old == wanted) ? name : null;
        if (!hasBlock)
        {
            Add(isInFlow ? "" : " ");
            Add($"{{{old}: {Of("", " ")}{{", Whole(false));
            for (var i = 0; i < lines.Length; i += 2)
            {
                Add($"{(i > 0 ? ", " : "")}{lines[i]}: ", Whole(false));
                Add(lines[i + 1], name);
            }

            Add("}}", Whole(false));
            if (!isInFlow)
            {
                Line(Comment());
            }

            return;
        }

        Line(Comment());
        OwnLines(indentation + step, old != wanted, goes: false, null);
        Add(indentation + step);
        Add($"{old}:", Whole(false));
        Behind(old != wanted, Whole(false));
        for (var i = 0; i < lines.Length; i += 2)
        {
            Add(_newLine, Whole(false));
            OwnLines(indentation + step + Of("  ", ""), old != wanted, goes: true, Whole(false));
            Add($"{indentation}{step}  {lines[i]}: ", Whole(false));
            Add(lines[i + 1], name);
            Behind(old != wanted, Whole(false));
        }

        Line("");
        OwnLines(indentation + step + " ", old != wanted, goes: false, null);
    }

    /// <summary>A comment behind a value that may be replaced.</summary>
    private void Behind(bool isReplaced, string? parameter)
    {
        var comment = Comment();
        Add(comment, parameter);
        if (isReplaced && comment.Length > 0)
        {
            Comments.Add((comment.TrimStart(), true));
        }
    }

    /// <summary>Comments in lines of their own.</summary>
    private void OwnLines(string indentation, bool isReplaced, bool goes, string? parameter)
    {
        while (One(3))
        {
            var comment = Of(SomeComments);
            Add(indentation + comment + _newLine, parameter);
            if (isReplaced)
            {
                Comments.Add((comment, goes));
            }
        }
    }
}
