using LogMl.Shared;

namespace LogMl.Tool.Kubernetes;

/// <summary>The Secret with the location of the database, which stands nowhere else.</summary>
internal static class ConnectionSecret
{
    /// <summary>The key of the location in it.</summary>
    public const string Key = "location";

    /// <summary>The name of the Secret of a Job.</summary>
    public static string NameOf(string job) => job + "-storage";

    /// <summary>The text of its manifest.</summary>
    /// <param name="job">The name of the Job.</param>
    /// <param name="space">The namespace; null for that of the call.</param>
    /// <param name="connection">The connection string.</param>
    public static string Text(string job, string? space, string connection) => $"""
        # A password may stand here, so this file is for its owner alone. Do not commit it.
        apiVersion: v1
        kind: Secret
        metadata:
          name: {YamlText.Of(NameOf(job))}
        {JobManifest.Namespace(space)}type: Opaque
        stringData:
          {Key}: {YamlQuotes.Double(connection)}

        """.ReplaceLineEndings("\n");
}
