using System.Text;
using CsCheck;
using LogMl.Shared;

namespace LogMl.Tests;

public sealed class LineReaderTests
{
    private static readonly Gen<string[]> Lines = Gen.String[Gen.Char["ab é{}\r\t"], 0, 9000].Array[0, 12];

    [Fact]
    public void Lines_come_out_as_they_went_in_however_the_bytes_arrive() =>
        Gen.Select(Lines, Gen.Int[1, 5000].Array[1, 50]).Sample((lines, chunks) =>
        {
            var bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
            var reader = new LineReader(new ChunkedStream(bytes, chunks));
            foreach (var line in lines)
            {
                Assert.Equal(line, Encoding.UTF8.GetString(reader.ReadLine()!.Value.Span));
            }

            Assert.Null(reader.ReadLine());
        }, iter: 200);

    [Fact]
    public void A_line_that_breaks_off_is_no_line()
    {
        var reader = new LineReader(new MemoryStream("one\ntw"u8.ToArray()));
        Assert.Equal("one"u8, reader.ReadLine()!.Value.Span);
        Assert.Null(reader.ReadLine());
        Assert.Null(reader.ReadLine());
    }

    [Fact]
    public void A_stream_that_fails_or_is_closed_has_ended()
    {
        var closed = new MemoryStream();
        closed.Dispose();
        Assert.Null(new LineReader(closed).ReadLine());
    }

    private sealed class ChunkedStream(byte[] bytes, int[] chunks) : MemoryStream(bytes)
    {
        private int _next;

        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, Math.Min(count, chunks[_next++ % chunks.Length]));
    }
}
