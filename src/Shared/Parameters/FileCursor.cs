using System.Globalization;

namespace LogMl.Shared.Parameters;

/// <summary>A position in a text, with its line and column.</summary>
internal sealed class FileCursor
{
    private readonly string _text;
    private int _position;
    private int _line = 1;
    private int _lineStart;

    public FileCursor(string text)
    {
        _text = text;
        if (Current == '\uFEFF')
        {
            _position = _lineStart = 1;
        }
    }

    public bool IsAtEnd => _position >= _text.Length;

    /// <summary>The character here, or '\0' at the end.</summary>
    public char Current => Peek(0);

    public bool IsAtLineEnd => Current == '\n' || (Current == '\r' && Peek(1) == '\n');

    /// <summary>A character after this one, or '\0' behind the end.</summary>
    public char Peek(int offset) => _position + offset < _text.Length ? _text[_position + offset] : '\0';

    /// <summary>Whether a character after this one is white space or the end.</summary>
    public bool IsSpaceOrEnd(int offset) => _position + offset >= _text.Length || Peek(offset) is ' ' or '\t' or '\n' or '\r';

    public void Advance() => _position++;

    /// <summary>Goes back in the same line.</summary>
    public void Retreat(int count) => _position -= count;

    /// <summary>This place, where something begins.</summary>
    public FilePlace Mark() => new(_line, _position - _lineStart + 1, _position, 0);

    /// <summary>Skips spaces, and returns their number.</summary>
    public int SkipSpaces()
    {
        var start = _position;
        while (Current == ' ')
        {
            Advance();
        }

        return _position - start;
    }

    public void SkipWhiteSpace()
    {
        while (Current is ' ' or '\t')
        {
            Advance();
        }
    }

    /// <summary>Skips a comment that begins here.</summary>
    /// <returns>Whether nothing else is left of the line.</returns>
    public bool SkipToLineEnd()
    {
        if (Current == '#' && (_position == _lineStart || Peek(-1) is ' ' or '\t'))
        {
            while (!IsAtEnd && !IsAtLineEnd)
            {
                Advance();
            }
        }

        return IsAtEnd || IsAtLineEnd;
    }

    /// <summary>Goes to the next line, when this one ends here.</summary>
    public bool SkipLineEnd()
    {
        if (IsAtEnd)
        {
            return false;
        }

        _position += Current == '\r' ? 2 : 1;
        _line++;
        _lineStart = _position;
        return true;
    }

    /// <summary>Reads a character that is itself.</summary>
    public char ReadVisible()
    {
        var c = Current;
        if (c == '\uFFFD')
        {
            // What reads a file puts it in the place of bytes that are no UTF-8.
            throw Error("The file is not UTF-8 here; save it as UTF-8 (U+FFFD itself is written as \"\\ufffd\")");
        }

        if (c is (< ' ' and not '\t') or (>= '\u007f' and <= '\u009f') or '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF')
        {
            throw Error(string.Format(CultureInfo.InvariantCulture, "A control character is written as \"\\u{0:x4}\"", (int)c));
        }

        Advance();
        return c;
    }

    /// <summary>Reads an escape of a text in double quotes.</summary>
    public string ReadEscape()
    {
        var start = Mark();
        Advance();
        var letter = Current;
        Advance();
        return letter switch
        {
            '"' or '\\' or '/' or ' ' => letter.ToString(),
            'n' => "\n",
            'r' => "\r",
            't' => "\t",
            '0' => "\0",
            'a' => "\a",
            'b' => "\b",
            'e' => "\u001b",
            'f' => "\f",
            'v' => "\v",
            'x' => ReadCode(start, 2),
            'u' => ReadCode(start, 4),
            'U' => ReadCode(start, 8),
            _ => throw new ParameterFileException("There is no such escape in YAML", Since(start)),
        };
    }

    public FilePlace Here(int length) => Mark() with { Length = Math.Min(length, _text.Length - _position) };

    /// <summary>What has been read since a place, as far as it is in the line of the place.</summary>
    public FilePlace Since(FilePlace start)
    {
        var length = _position - start.Start;
        var line = _text.IndexOfAny(['\r', '\n'], start.Start, length);
        return start with { Length = line < 0 ? length : line - start.Start };
    }

    public ParameterFileException Error(string message) => new(message, Here(1));

    private string ReadCode(FilePlace start, int digits)
    {
        var code = 0L;
        for (var i = 0; i < digits; i++)
        {
            code = Uri.IsHexDigit(Current) ? (16 * code) + Uri.FromHex(Current) : long.MaxValue / 32;
            Advance();
        }

        if (code > 0x10FFFF || (digits == 8 && code is >= 0xD800 and <= 0xDFFF))
        {
            throw new ParameterFileException($"An escape needs {digits} hexadecimal digits of a character", start with { Length = 2 });
        }

        return code > char.MaxValue ? char.ConvertFromUtf32((int)code) : ((char)code).ToString();
    }
}
