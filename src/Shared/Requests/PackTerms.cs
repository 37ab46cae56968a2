namespace LogMl.Shared.Requests;

/// <summary>What a bundle is to be: <c>-t:HyperOptPack</c>.</summary>
internal sealed record PackTerms
{
    /// <summary>Its folder; null for one in the results folder, named after the study.</summary>
    public string? Folder { get; init; }

    /// <summary>The .NET installation whose runtime it gets; null when the machines have one.</summary>
    public string? Runtime { get; init; }

    /// <summary>The system that it is published for, such as <c>linux-x64</c>; null for all.</summary>
    public string? RuntimeIdentifier { get; init; }

    /// <summary>The target framework, such as <c>net10.0</c>.</summary>
    public string? TargetFramework { get; init; }

    /// <summary>Passes the fields as <see cref="HostRequest.Pass"/> does. Null when nothing is to be packed.</summary>
    public static PackTerms? Pass(RequestFields fields, PackTerms? terms, bool isWriting)
    {
        var packs = fields.Flag("packs", terms is not null);
        if (isWriting && !packs)
        {
            return null;
        }

        var read = new PackTerms
        {
            Folder = fields.PathOrNull("pack_folder", terms?.Folder),
            Runtime = fields.PathOrNull("pack_runtime", terms?.Runtime),
            RuntimeIdentifier = fields.TextOrNull("runtime_identifier", terms?.RuntimeIdentifier),
            TargetFramework = fields.TextOrNull("target_framework", terms?.TargetFramework),
        };
        return packs ? read : null;
    }
}
