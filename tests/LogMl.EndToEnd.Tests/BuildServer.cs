using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace LogMl.EndToEnd.Tests;

/// <summary> A server of MSBuild for one test. A salt in the handshake keeps other builds from using it. It ends with the test. </summary>
internal sealed class BuildServer : IDisposable
{
    private const string SaltVariable = "MSBUILDNODEHANDSHAKESALT";

    private readonly string _salt = Guid.NewGuid().ToString("N");

    /// <summary>Shell commands that let the builds after them use the server.</summary>
    public string Use => $"export DOTNET_CLI_USE_MSBUILD_SERVER=true {SaltVariable}={_salt}; unset MSBUILDDISABLENODEREUSE; ";

    /// <summary>The process ids of the servers that run now.</summary>
    public int[] Ids => [.. Nodes().Where(id => Read(id, "cmdline").Split('\0').Contains("/nodemode:8"))];

    public void Dispose()
    {
        foreach (var id in Nodes())
        {
            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
            }
            catch (ArgumentException)
            {
                // It has just ended.
            }
        }
    }

    /// <summary>The server and its nodes, without the server of the compiler, which other builds may use too.</summary>
    private IEnumerable<int> Nodes() =>
        Directory.GetDirectories("/proc").Select(
            folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && Read(id, "environ").Split('\0').Contains($"{SaltVariable}={_salt}") && Read(id, "cmdline").Contains("/nodemode:", StringComparison.Ordinal));

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/{file}"), Encoding.UTF8);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
