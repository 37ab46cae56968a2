namespace LogMl.Shared;

/// <summary>Splits a stream of bytes into lines. Compiled into both ends of the pipe between host and worker.</summary>
internal sealed class LineReader(Stream stream)
{
    private byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;

    /// <summary>The next line without its end, valid until the next call; null when the other end is gone.</summary>
    public ReadOnlyMemory<byte>? ReadLine()
    {
        var searched = _start;
        while (true)
        {
            var end = Array.IndexOf(_buffer, (byte)'\n', searched, _end - searched);
            if (end >= 0)
            {
                var line = _buffer.AsMemory(_start, end - _start);
                _start = end + 1;
                return line;
            }

            MakeRoom();
            searched = _end;
            var read = Read();
            if (read == 0)
            {
                return null;
            }

            _end += read;
        }
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            Array.Copy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }

    private int Read()
    {
        try
        {
            return stream.Read(_buffer, _end, _buffer.Length - _end);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            return 0;
        }
    }
}
