using System.Text;

namespace LogMl.Shared.Parameters;

/// <summary>
/// Reads a file of parameters: what the host writes (best.yaml, parameters.yaml), and what a person may make of it. It is the YAML of
/// mappings in blocks, and of lists, mappings and scalars in JSON's style, so that JSON is read too. Whatever else YAML has is an error
/// that says so.
/// </summary>
internal sealed class ParameterFileReader
{
    /// <summary>The one section of such a file.</summary>
    private const string Section = "functions";

    /// <summary>No space is as deep as this. It bounds the stack that a file can take.</summary>
    private const int MaxDepth = 100;

    private const int AtEnd = -1;

    private readonly FileCursor _cursor;

    private ParameterFileReader(string text) => _cursor = new FileCursor(text);

    /// <summary>The steps of the file, a mapping with their parameters.</summary>
    /// <exception cref="ParameterFileException">The file has another form.</exception>
    public static ParameterNode Read(string text)
    {
        var reader = new ParameterFileReader(text);
        var indentation = reader.SkipBlankLines();
        if (indentation == 0 && reader.SkipDocumentStart())
        {
            indentation = reader.SkipBlankLines();
        }

        if (indentation == AtEnd)
        {
            return new ParameterNode.Mapping(Section, reader._cursor.Here(0), []);
        }

        if (indentation > 0)
        {
            throw reader._cursor.Error("The first line must not be indented");
        }

        var (file, next) = reader._cursor.Current == '{' ? reader.ReadJson() : reader.ReadBlock("", 0, 0);
        if (next != AtEnd)
        {
            throw reader._cursor.Error("A line has another indentation than the lines beside it");
        }

        file.RequireKnown([Section], $"a section of a file of parameters, which has '{Section}' alone");
        return file.Find(Section) is { IsNull: false } steps ? steps : new ParameterNode.Mapping(Section, file.Place, []);
    }

    /// <summary>Goes to the next line that has something.</summary>
    /// <returns>Its indentation, or <see cref="AtEnd"/>.</returns>
    private int SkipBlankLines()
    {
        while (!_cursor.IsAtEnd)
        {
            var indentation = _cursor.SkipSpaces();
            if (_cursor.Current == '\t')
            {
                throw _cursor.Error("A line must be indented with spaces, not with tabs");
            }

            if (!_cursor.SkipToLineEnd())
            {
                return indentation;
            }

            _cursor.SkipLineEnd();
        }

        return AtEnd;
    }

    /// <summary>Skips a line of three dashes, with which a document of YAML may begin.</summary>
    private bool SkipDocumentStart()
    {
        if (_cursor.Current != '-' || _cursor.Peek(1) != '-' || _cursor.Peek(2) != '-' || !_cursor.IsSpaceOrEnd(3))
        {
            return false;
        }

        for (var i = 0; i < 3; i++)
        {
            _cursor.Advance();
        }

        RequireLineEnd("Nothing can follow '---' in its line");
        _cursor.SkipLineEnd();
        return true;
    }

    /// <summary>Reads a file that is one mapping in JSON's style.</summary>
    private (ParameterNode Mapping, int Next) ReadJson()
    {
        var file = ReadValue("", isInFlow: false, 0);
        RequireLineEnd("Nothing can follow the mapping");
        return (file, SkipBlankLines());
    }

    private void RequireLineEnd(string otherwise)
    {
        _cursor.SkipWhiteSpace();
        if (!_cursor.SkipToLineEnd())
        {
            throw _cursor.Error(otherwise);
        }
    }

    /// <summary>Reads the lines of a mapping.</summary>
    /// <returns>The mapping, and the indentation of the line after it.</returns>
    private (ParameterNode Mapping, int Next) ReadBlock(string name, int indentation, int depth)
    {
        RequireDepth(depth);
        var place = _cursor.Here(1);
        var entries = new List<ParameterEntry>();
        int next;
        do
        {
            var (key, keyPlace) = ReadKey(entries, isInFlow: false);
            _cursor.SkipWhiteSpace();
            ParameterNode value;
            if (_cursor.SkipToLineEnd())
            {
                next = SkipBlankLines();
                (value, next) = next > indentation
                    ? ReadBlock(NameOf(name, key), next, depth + 1)
                    : (new ParameterNode.Scalar(NameOf(name, key), keyPlace, "", isQuoted: false), next);
            }
            else
            {
                value = ReadValue(NameOf(name, key), isInFlow: false, depth + 1);
                RequireLineEnd("Nothing can follow the value in its line");
                next = SkipBlankLines();
                if (next > indentation)
                {
                    throw _cursor.Error("A line is indented more than the one before, which has a value already");
                }
            }

            entries.Add(new ParameterEntry(key, keyPlace, value));
        }
        while (next == indentation);
        return (new ParameterNode.Mapping(name, place, entries), next);
    }

    /// <summary>Reads a key with its colon.</summary>
    private (string Key, FilePlace Place) ReadKey(List<ParameterEntry> others, bool isInFlow)
    {
        if (_cursor.Current == '-' && _cursor.IsSpaceOrEnd(1))
        {
            throw _cursor.Error("A list is written as [a, b] here");
        }

        var start = _cursor.Mark();
        var key = _cursor.Current is '"' or '\'' ? ReadQuoted() : ReadPlain(isInFlow, isKey: true);
        var place = _cursor.Since(start);
        _cursor.SkipWhiteSpace();
        if (_cursor.Current != ':')
        {
            throw _cursor.Error("A colon must follow the name");
        }

        _cursor.Advance();
        if (others.Exists(other => other.Key == key))
        {
            throw new ParameterFileException($"'{ShortText.Of(key, 60)}' is there already", place);
        }

        return (key, place);
    }

    private ParameterNode ReadValue(string name, bool isInFlow, int depth)
    {
        RequireDepth(depth);
        var start = _cursor.Mark();
        switch (_cursor.Current)
        {
            case '[':
                var items = new List<ParameterNode>();
                ReadFlow(']', () => items.Add(ReadValue(name, isInFlow: true, depth + 1)));
                return new ParameterNode.List(name, _cursor.Since(start), items);
            case '{':
                var entries = new List<ParameterEntry>();
                ReadFlow('}', () => entries.Add(ReadEntry(name, entries, depth)));
                return new ParameterNode.Mapping(name, _cursor.Since(start), entries);
            case '"' or '\'':
                var text = ReadQuoted();
                return new ParameterNode.Scalar(name, _cursor.Since(start), text, isQuoted: true);
            default:
                var plain = ReadPlain(isInFlow, isKey: false);
                return new ParameterNode.Scalar(name, _cursor.Since(start), plain, isQuoted: false);
        }
    }

    private ParameterEntry ReadEntry(string name, List<ParameterEntry> others, int depth)
    {
        var (key, place) = ReadKey(others, isInFlow: true);
        SkipFlowSpace();
        return new ParameterEntry(key, place, ReadValue(NameOf(name, key), isInFlow: true, depth + 1));
    }

    /// <summary>Reads items with commas between them, from a bracket to the other.</summary>
    private void ReadFlow(char end, Action readItem)
    {
        _cursor.Advance();
        SkipFlowSpace();
        while (_cursor.Current != end)
        {
            readItem();
            SkipFlowSpace();
            if (_cursor.Current == ',')
            {
                _cursor.Advance();
                SkipFlowSpace();
            }
            else if (_cursor.Current != end)
            {
                throw _cursor.Error($"A comma or '{end}' is missing");
            }
        }

        _cursor.Advance();
    }

    private void SkipFlowSpace()
    {
        do
        {
            _cursor.SkipWhiteSpace();
        }
        while (_cursor.SkipToLineEnd() && _cursor.SkipLineEnd());
    }

    private string ReadPlain(bool isInFlow, bool isKey)
    {
        if (_cursor.IsAtEnd || _cursor.IsAtLineEnd || IsFlowSign(_cursor.Current)
            || _cursor.Current is '#' or '&' or '*' or '!' or '|' or '>' or '%' or '@' or '`'
            || (_cursor.Current is '-' or '?' or ':' && _cursor.IsSpaceOrEnd(1)))
        {
            throw _cursor.Error(
                _cursor.Current is '&' or '*' or '!' or '|' or '>'
                    ? $"'{_cursor.Current}' has a meaning in YAML that a file of parameters does not need; write a text in quotes"
                    : isKey ? "A name must stand here" : "A value must stand here");
        }

        var text = new StringBuilder();
        while (!_cursor.IsAtEnd && !_cursor.IsAtLineEnd && !(isInFlow && IsFlowSign(_cursor.Current)))
        {
            if (_cursor.Current == ':' && (_cursor.IsSpaceOrEnd(1) || (isInFlow && IsFlowSign(_cursor.Peek(1)))))
            {
                return isKey ? End() : throw _cursor.Error("A text with a colon is written in quotes");
            }

            if (_cursor.Current == '#' && text.Length > 0 && char.IsWhiteSpace(text[text.Length - 1]))
            {
                break;
            }

            text.Append(_cursor.ReadVisible());
        }

        return End();

        // What follows the text is not a part of it.
        string End()
        {
            var trimmed = text.ToString().TrimEnd(' ', '\t');
            _cursor.Retreat(text.Length - trimmed.Length);
            return trimmed;
        }
    }

    private string ReadQuoted()
    {
        var quote = _cursor.Current;
        _cursor.Advance();
        var text = new StringBuilder();
        while (true)
        {
            if (_cursor.IsAtEnd || _cursor.IsAtLineEnd)
            {
                throw _cursor.Error($"The quote {quote} is missing at the end of the text");
            }

            if (_cursor.Current == quote && (quote == '"' || _cursor.Peek(1) != quote))
            {
                _cursor.Advance();
                return text.ToString();
            }

            if (quote == '\'' && _cursor.Current == quote)
            {
                _cursor.Advance();
            }

            if (quote == '"' && _cursor.Current == '\\')
            {
                text.Append(_cursor.ReadEscape());
            }
            else
            {
                text.Append(_cursor.ReadVisible());
            }
        }
    }

    private static bool IsFlowSign(char c) => c is ',' or '[' or ']' or '{' or '}';

    private void RequireDepth(int depth)
    {
        if (depth > MaxDepth)
        {
            throw _cursor.Error("The file is nested too deeply");
        }
    }

    /// <summary>The name in messages: without the section, because the steps are known by their own names.</summary>
    private static string NameOf(string parent, string key) => parent.Length == 0 || parent == Section ? key : parent + "." + key;
}
