using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace LogMl.Host.Inputs;

/// <summary>
/// A hash of what an assembly does. The same sources compiled at another commit or in another folder give other bytes (the commit is in an attribute, the path of the
/// pdb in the file, and ids follow from both), but are the same code.
/// </summary>
internal static class AssemblyHash
{
    private const int TimeStampOffset = 4;
    private const int ChecksumOffset = 64;

    /// <summary>The hash; that of the plain bytes when they are no assembly.</summary>
    public static byte[] Of(byte[] image)
    {
        try
        {
            Blank(image);
        }
        catch (Exception exception) when (exception is BadImageFormatException or InvalidOperationException or ArgumentException or OverflowException)
        {
            // What is no assembly has nothing that varies by itself.
        }

        return SHA256.HashData(image);
    }

    /// <summary>Overwrites with zeros what depends on when and where the compiler ran.</summary>
    private static void Blank(byte[] image)
    {
        using var pe = new PEReader(new MemoryStream((byte[])image.Clone()));
        var headers = pe.PEHeaders;
        Zero(image, headers.CoffHeaderStartOffset + TimeStampOffset, 4);
        Zero(image, headers.PEHeaderStartOffset + ChecksumOffset, 4);
        foreach (var entry in pe.ReadDebugDirectory())
        {
            Zero(image, entry.DataPointer, entry.DataSize);
        }

        if (headers.PEHeader is { } header && headers.TryGetDirectoryOffset(header.DebugTableDirectory, out var debug))
        {
            Zero(image, debug, header.DebugTableDirectory.Size);
        }

        if (pe.HasMetadata)
        {
            var metadata = pe.GetMetadataReader();
            var start = headers.MetadataStartOffset;
            Zero(image, start + metadata.GetHeapMetadataOffset(HeapIndex.Guid), metadata.GetHeapSize(HeapIndex.Guid));
            foreach (var handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
            {
                BlankCommit(image, metadata, start, metadata.GetCustomAttribute(handle));
            }
        }
    }

    private static void BlankCommit(byte[] image, MetadataReader metadata, int start, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind == HandleKind.MemberReference
            && metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent
            && metadata.StringComparer.Equals(metadata.GetTypeReference((TypeReferenceHandle)parent).Name, "AssemblyInformationalVersionAttribute"))
        {
            var blob = metadata.GetBlobReader(attribute.Value);
            Zero(image, start + metadata.GetHeapMetadataOffset(HeapIndex.Blob) + metadata.GetHeapOffset(attribute.Value), blob.Length);
        }
    }

    private static void Zero(byte[] image, int offset, int length) => image.AsSpan(offset, length).Clear();
}
