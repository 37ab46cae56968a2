using System.Text;

namespace LogMl.Host.Workers;

/// <summary>
/// Splits the output of a worker at the end marks of its trials (docs/architecture.md, seam 3). The marks themselves are not copied.
/// </summary>
internal sealed class OutputCutter
{
    private const byte First = 0x1e;

    /// <summary>The greatest length of a mark after its prefix. A longer one has no trial number.</summary>
    private const int MaxMarkLength = 16;

    private static readonly byte[] Prefix = "\u001eLOGML-END "u8.ToArray();

    private readonly Func<string, bool> _tryEnd;
    private readonly Action<ReadOnlySpan<byte>> _write;
    private byte[] _undecided = [];

    /// <param name="tryEnd">Receives the name in a mark. Returns false when that trial is not running, and the mark is only text.</param>
    /// <param name="write">Receives everything else.</param>
    public OutputCutter(Func<string, bool> tryEnd, Action<ReadOnlySpan<byte>> write)
    {
        _tryEnd = tryEnd;
        _write = write;
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_undecided.Length > 0)
        {
            bytes = (byte[])[.. _undecided, .. bytes];
            _undecided = [];
        }

        while (bytes.IndexOf(First) is >= 0 and var mark)
        {
            Write(bytes[..mark]);
            bytes = bytes[mark..];
            if (IsUndecided(bytes))
            {
                _undecided = bytes.ToArray();
                return;
            }

            var length = MarkLength(bytes);
            if (length == 0 || !_tryEnd(Encoding.ASCII.GetString(bytes[Prefix.Length..(length - 1)])))
            {
                length = 1;
                Write(bytes[..1]);
            }

            bytes = bytes[length..];
        }

        Write(bytes);
    }

    /// <summary>Ends the output. What looked like the beginning of a mark was text.</summary>
    public void Complete()
    {
        Write(_undecided);
        _undecided = [];
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            _write(bytes);
        }
    }

    private static bool IsUndecided(ReadOnlySpan<byte> bytes) => bytes.Length < Prefix.Length
        ? Prefix.AsSpan().StartsWith(bytes)
        : bytes.StartsWith(Prefix) && bytes.Length < Prefix.Length + MaxMarkLength && !bytes.Contains((byte)'\n');

    /// <summary>The length of the mark with its line feed; 0 when it is none.</summary>
    private static int MarkLength(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Prefix))
        {
            return 0;
        }

        var end = bytes[..Math.Min(bytes.Length, Prefix.Length + MaxMarkLength)].IndexOf((byte)'\n');
        return end < 0 ? 0 : end + 1;
    }
}
