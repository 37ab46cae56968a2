using System.Text;
using CsCheck;
using LogMl.Host.Workers;

namespace LogMl.Host.Tests;

public sealed class OutputCutterTests
{
    private static readonly Gen<string> Piece = Gen.OneOf(
        "a", "line\n", "\u001e", "\u001eLOGML", "\u001eLOGML-END ", "\u001eLOGML-END 3\n", "\u001eLOGML-END 12", "\u001eLOGML-END 99999999999999999999\n", "\n", "é", "7\n");

    [Fact]
    public void Every_trial_gets_its_own_output_however_the_stream_is_cut()
    {
        Gen.Select(Piece.Array[0, 8].Array[1, 5], Gen.Int[1, 9]).Sample((trials, chunk) =>
        {
            var texts = trials.Select(pieces => string.Concat(pieces)).ToArray();
            var stream = Encoding.UTF8.GetBytes(string.Concat(texts.Select((text, number) => $"{text}\u001eLOGML-END {number + 100}\n")));
            var parts = new List<List<byte>> { new() };
            var cutter = new OutputCutter(TryEnd, bytes => parts[^1].AddRange(bytes.ToArray()));
            foreach (var part in stream.Chunk(chunk))
            {
                cutter.Add(part);
            }

            cutter.Complete();
            Assert.Equal([.. texts, ""], parts.Select(part => Encoding.UTF8.GetString([.. part])));

            bool TryEnd(string mark)
            {
                if (mark != $"{parts.Count + 99}")
                {
                    return false;
                }

                parts.Add([]);
                return true;
            }
        });
    }

    [Fact]
    public void A_mark_that_never_ends_is_text()
    {
        var written = new StringBuilder();
        var cutter = new OutputCutter(_ => true, bytes => written.Append(Encoding.UTF8.GetString(bytes)));
        cutter.Add("before \u001eLOGML-EN"u8);
        Assert.Equal("before ", written.ToString());
        cutter.Complete();
        Assert.Equal("before \u001eLOGML-EN", written.ToString());
    }
}
