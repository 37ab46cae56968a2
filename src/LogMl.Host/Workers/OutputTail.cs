using System.Text;
using LogMl.Shared;

namespace LogMl.Host.Workers;

/// <summary>
/// Keeps the end of the output of a process. When .NET aborts, the first line says why, and a stack trace follows, which may be of many
/// megabytes. So the end begins with that line.
/// </summary>
internal sealed class OutputTail
{
    /// <summary>The length in bytes.</summary>
    private const int Length = 16 * 1024;

    /// <summary>The length of the beginning of the last words, in characters.</summary>
    private const int WordsLength = 1024;

    private readonly Lock _lock = new();
    private readonly byte[] _bytes = new byte[2 * Length];
    private int _count;

    /// <summary>The beginning of the line that is being printed.</summary>
    private readonly byte[] _line = new byte[WordsLength];
    private int _lineCount;

    /// <summary>A known last word and the stack trace behind it, while nothing else has followed.</summary>
    private readonly StringBuilder _words = new();

    /// <summary>The number of bytes since the last words began.</summary>
    private long _sinceWords;

    /// <summary>The end in whole lines.</summary>
    public string Text
    {
        get
        {
            lock (_lock)
            {
                var end = Encoding.UTF8.GetString(_bytes, Math.Max(_count - Length, 0), Math.Min(_count, Length));
                if (_count > Length && end.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var torn)
                {
                    end = end[(torn + 1)..];
                }

                return (_words.Length > 0 && _sinceWords > Length ? _words + end : end).Trim();
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _count = 0;
            _lineCount = 0;
            _words.Clear();
        }
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            AddToLines(bytes);
            var last = bytes[^Math.Min(bytes.Length, Length)..];
            if (_count + last.Length > _bytes.Length)
            {
                _bytes.AsSpan(_count - Length, Length).CopyTo(_bytes);
                _count = Length;
            }

            last.CopyTo(_bytes.AsSpan(_count));
            _count += last.Length;
        }
    }

    private void AddToLines(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var part = end < 0 ? bytes : bytes[..(end + 1)];
            var kept = part[..Math.Min(part.Length, _line.Length - _lineCount)];
            kept.CopyTo(_line.AsSpan(_lineCount));
            _lineCount += kept.Length;
            _sinceWords += part.Length;
            if (end >= 0)
            {
                EndLine();
                _lineCount = 0;
            }

            bytes = bytes[part.Length..];
        }
    }

    private void EndLine()
    {
        var line = Encoding.UTF8.GetString(_line, 0, _lineCount).Trim();
        if (LastWords.IsKnown(line))
        {
            _words.Clear().Append(line).Append('\n');
            _sinceWords = 0;
        }
        else if (_words.Length > 0 && line.Length > 0)
        {
            if (!LastWords.IsOfStackTrace(line))
            {
                _words.Clear();
            }
            else if (_words.Length < WordsLength)
            {
                _words.Append(line).Append('\n');
            }
        }
    }
}
