using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace LogMl.Host.Inputs;

/// <summary>
/// A hash of the code of an assembly. The same sources give different bytes when they are compiled at another commit or in another folder:
/// an attribute has the commit, the file has the path of the pdb, and ids follow from both. The hash ignores those.
/// </summary>
internal static class AssemblyHash
{
    private const int TimeStampOffset = 4;
    private const int ChecksumOffset = 64;

    /// <summary>The hash of an assembly. When the bytes are no assembly, it is the hash of the bytes as they are.</summary>
    public static byte[] Of(byte[] image)
    {
        try
        {
            ClearVolatileParts(image);
        }
        catch (Exception exception) when (
            exception is BadImageFormatException or InvalidOperationException or ArgumentException or OverflowException)
        {
            // The file is no assembly, so there is nothing to ignore.
        }

        return SHA256.HashData(image);
    }

    /// <summary>Overwrites with zeros what depends on the time and place of the compilation.</summary>
    private static void ClearVolatileParts(byte[] image)
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
                ClearCommit(image, metadata, start, metadata.GetCustomAttribute(handle));
            }
        }
    }

    private static void ClearCommit(byte[] image, MetadataReader metadata, int start, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind == HandleKind.MemberReference
            && metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent
            && metadata.StringComparer.Equals(
                metadata.GetTypeReference((TypeReferenceHandle)parent).Name, "AssemblyInformationalVersionAttribute"))
        {
            var blob = metadata.GetBlobReader(attribute.Value);
            Zero(image, start + metadata.GetHeapMetadataOffset(HeapIndex.Blob) + metadata.GetHeapOffset(attribute.Value), blob.Length);
        }
    }

    private static void Zero(byte[] image, int offset, int length) => image.AsSpan(offset, length).Clear();
}
