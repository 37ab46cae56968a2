using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using CsCheck;
using LogMl.Host.Inputs;

namespace LogMl.Host.Tests.Inputs;

public sealed class AssemblyHashTests
{
    private static readonly byte[] Image = File.ReadAllBytes(typeof(InputFingerprint).Assembly.Location);

    [Fact]
    public void The_commit_and_the_id_of_the_module_do_not_count()
    {
        var other = (byte[])Image.Clone();
        using var pe = new PEReader(new MemoryStream(Image));
        var mvid = pe.GetMetadataReader().GetGuid(pe.GetMetadataReader().GetModuleDefinition().Mvid).ToByteArray();
        other[Find(mvid)] ^= 0xff;
        var version = System.Diagnostics.FileVersionInfo.GetVersionInfo(typeof(InputFingerprint).Assembly.Location).ProductVersion!;
        var place = Find(Encoding.UTF8.GetBytes(version));
        other[place + version.Length - 1] ^= 1;

        Assert.NotEqual(Image, other);
        Assert.Equal(AssemblyHash.Of((byte[])Image.Clone()), AssemblyHash.Of(other));
    }

    [Fact]
    public void A_text_in_the_code_counts()
    {
        var other = (byte[])Image.Clone();
        other[Find(Encoding.Unicode.GetBytes("LOGML_STORAGE"))] ^= 1;
        Assert.NotEqual(AssemblyHash.Of((byte[])Image.Clone()), AssemblyHash.Of(other));
    }

    [Fact]
    public void Any_bytes_have_a_hash()
    {
        Gen.Int[0, 4095].Array[1, 30].Sample(places =>
        {
            var other = (byte[])Image.Clone();
            Array.ForEach(places, place => other[place] ^= (byte)(place + 1));
            Assert.Equal(32, AssemblyHash.Of(other).Length);
        });
        Assert.Equal(32, AssemblyHash.Of([]).Length);
    }

    private static int Find(byte[] bytes)
    {
        var place = Image.AsSpan().IndexOf(bytes);
        Assert.True(place >= 0);
        return place;
    }
}
