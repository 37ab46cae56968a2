using LogMl.Configuration.Model;
using LogMl.Configuration.Reading;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Editing;

/// <summary>
/// Changes values in the text of a file: a scalar in its place, in the style that it has. Only where another branch is chosen, or a list
/// has another length, the whole value is written anew.
/// </summary>
/// <param name="text">The text of the file.</param>
/// <param name="shared">What stands in several places of the file.</param>
/// <param name="values">The text that has the new values.</param>
internal sealed class NodeEditor(string text, SharedNodes shared, string values)
{
    private const int Step = 2;

    private readonly Dictionary<YamlNode, YamlNode> _replaced = [];
    private readonly List<(int Start, int Length, string Message)> _notices = [];

    public TextEdits Edits { get; } = new(text);

    /// <summary>The nodes that are replaced, with what takes their place.</summary>
    public IReadOnlyDictionary<YamlNode, YamlNode> Replaced => _replaced;

    /// <summary>What becomes of the comments of values that are replaced as a whole, each with the place of the comment.</summary>
    public IReadOnlyList<(int Start, int Length, string Message)> Notices => _notices;

    /// <summary>Changes a value, unless it is the wanted one already.</summary>
    /// <param name="key">The key of the value.</param>
    /// <param name="node">The value.</param>
    /// <param name="wanted">The new value.</param>
    /// <param name="path">Its path, for messages: <c>functions.model_train.learning_rate</c>.</param>
    /// <exception cref="EditException">It cannot be changed.</exception>
    public void Change(YamlNode key, YamlNode node, YamlNode wanted, string path)
    {
        if (SameValue.Is(node, wanted))
        {
            return;
        }

        if (node is YamlScalar { Text: "", IsPlain: true } && node.Start == key.Start)
        {
            throw new EditException(key.Start, key.End, $"'{path}' has no value. Write one behind the colon: {SourceOf(wanted)}");
        }

        switch (node, wanted)
        {
            case (YamlMapping { Pairs: [var branch] }, YamlMapping { Pairs: [var chosen] })
                when branch is { Key: YamlScalar name } && chosen is { Key: YamlScalar other } && name.Text == other.Text:
                ChangeBranch(branch, chosen, $"{path}.{name.Text}");
                break;
            case (YamlSequence list, YamlSequence items) when list.Items.Count == items.Items.Count:
                for (var i = 0; i < list.Items.Count; i++)
                {
                    Change(key, list.Items[i], items.Items[i], path);
                }

                break;
            case (YamlScalar scalar, YamlScalar value):
                Replace(key, scalar, value, path);
                break;
            default:
                Replace(key, node, wanted, path);
                break;
        }
    }

    /// <summary>How a new value is written.</summary>
    private string SourceOf(YamlNode wanted) => values.Substring(wanted.Start, wanted.End - wanted.Start);

    private void ChangeBranch(YamlPair branch, YamlPair chosen, string path)
    {
        if (chosen.Value is not YamlMapping parameters || branch.Value is not (YamlMapping or YamlScalar { IsNull: true }))
        {
            Change(branch.Key, branch.Value, chosen.Value, path);
            return;
        }

        var entries = SameValue.Entries(branch.Value);
        foreach (var wanted in SameValue.Entries(parameters))
        {
            if (entries.FirstOrDefault(entry => entry.Name == wanted.Name) is not { Key: { } key } found)
            {
                throw new EditException(
                    branch.Key.Start, branch.Key.End,
                    $"'{path}.{wanted.Name}' is missing, so that there is nothing to change. "
                    + $"Add '{wanted.Name}: {SourceOf(wanted.Value)}' to the mapping below '{((YamlScalar)branch.Key).Text}'");
            }

            Change(key, found.Value, wanted.Value, $"{path}.{wanted.Name}");
        }
    }

    private void Replace(YamlNode key, YamlScalar scalar, YamlScalar wanted, string path)
    {
        var place = Begin(key, scalar, wanted, path);
        var written = ScalarText.Of(wanted, SourceOf(wanted), scalar, text[place.Start]);
        if (text[place.Start] is '|' or '>')
        {
            var value = ScalarReader.Natural(wanted) is ConfigurationValue.Text { Value: var words } ? words : null;
            new BlockScalar(text, place.Start).Replace(Edits, value, written);
        }
        else
        {
            Edits.Replace(place.Start, place.End, written);
        }
    }

    /// <summary>Replaces a value by one of another form.</summary>
    private void Replace(YamlNode key, YamlNode node, YamlNode wanted, string path)
    {
        var place = Begin(key, node, wanted, path);
        place = place with { End = NoteComments(key, node, wanted, place.Start, path) };
        if (node is YamlScalar && text[place.Start] is '|' or '>')
        {
            new BlockScalar(text, place.Start).Replace(Edits, null, SourceOf(wanted));
        }
        else if (node is YamlMapping { Pairs: [var old] } && wanted is YamlMapping { Pairs: [var branch] } && text[place.Start] != '{')
        {
            Edits.Replace(place.Start, place.End, InBlock(old, branch));
        }
        else
        {
            // The items of a list in a block may be as far left as its key, where no other value can be.
            var isAtKey = node is YamlSequence && text[place.Start] == '-'
                && NodePlace.ColumnOf(text, place.Start) <= NodePlace.ColumnOf(text, key.Start);
            Edits.Replace(place.Start, place.End, (isAtKey ? new string(' ', Step) : "") + SourceOf(wanted));
        }
    }

    /// <summary>Notes what becomes of the comments of a value that is written anew.</summary>
    /// <returns>Where the value ends with its comments.</returns>
    private int NoteComments(YamlNode key, YamlNode node, YamlNode wanted, int start, string path)
    {
        var comments = new BranchComments(text, key, node, start);
        var old = NameOf(node) is { } branch ? $"'{branch}', the branch of '{path}'" : $"the value of '{path}'";
        var now = NameOf(wanted) ?? SourceOf(wanted);
        foreach (var (at, shown) in comments.Inside())
        {
            _notices.Add((at, shown.Length, $"The comment '{shown}' goes with {old} that is replaced"));
        }

        foreach (var (at, shown) in comments.Around())
        {
            _notices.Add((
                at, shown.Length,
                $"The comment '{shown}' was written beside {old} that is replaced, and stands beside '{now}' now"));
        }

        return comments.End;
    }

    /// <summary>The name of the branch that a mapping is.</summary>
    private static string? NameOf(YamlNode node) => node is YamlMapping { Pairs: [{ Key: YamlScalar name }] } ? name.Text : null;

    /// <summary>Another branch in the lines of the old one.</summary>
    private string InBlock(YamlPair old, YamlPair branch)
    {
        var name = SourceOf(branch.Key) + ":";
        if (branch.Value is not YamlMapping { Pairs: var parameters } || (old.Value is YamlMapping && IsFlow(old.Value)))
        {
            return name + " " + SourceOf(branch.Value);
        }

        var column = NodePlace.ColumnOf(text, old.Key.Start);
        var inner = old.Value is YamlMapping { Pairs: [{ Key: var first }, ..] } ? NodePlace.ColumnOf(text, first.Start) : column + Step;
        var newLine = NewLine() + new string(' ', inner);
        return name + string.Concat(parameters.Select(
            parameter => newLine + SourceOf(parameter.Key) + ": " + SourceOf(parameter.Value)));
    }

    private bool IsFlow(YamlNode node) => text[NodePlace.Of(text, node).Start] == '{';

    private string NewLine() => text.IndexOfAny(['\n', '\r']) switch
    {
        < 0 => "\n",
        var end when text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' => "\r\n",
        var end => text.Substring(end, 1),
    };

    private NodePlace Begin(YamlNode key, YamlNode node, YamlNode wanted, string path)
    {
        if ((shared.Around(node) ?? shared.Inside(node)) is { } anchored)
        {
            var anchor = text.Substring(anchored.Start, Math.Max(0, EndOfAnchor(anchored.Start) - anchored.Start));
            throw new EditException(
                key.Start, key.End,
                $"'{path}' would become {SourceOf(wanted)}, but its value stands in several places: an alias repeats '{anchor}'. "
                + "Write a value of its own here");
        }

        _replaced.Add(node, wanted);
        return NodePlace.Of(text, node);
    }

    private int EndOfAnchor(int start)
    {
        var end = start;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not (',' or ']' or '}'))
        {
            end++;
        }

        return end;
    }
}
