using System.Text;

namespace LogMl.Tasks;

/// <summary>
/// The request as a property of MSBuild. Only letters, digits and <c>+/=</c> stay as they are in any property: others mean something to
/// MSBuild, and a backslash becomes a slash on Unix.
/// </summary>
internal static class RequestText
{
    /// <summary>The property of a text.</summary>
    public static string Pack(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json));

    /// <summary>The text of a property.</summary>
    public static string Unpack(string property) => Encoding.UTF8.GetString(Convert.FromBase64String(property));
}
