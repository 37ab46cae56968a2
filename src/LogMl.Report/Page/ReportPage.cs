using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LogMl.Report.Model;

namespace LogMl.Report.Page;

/// <summary>
/// Makes a page of its template. What is in the study gets into the page as JSON alone (and, escaped, into the title). The policy allows
/// the scripts and the style of the page by their hashes, and nothing else: no network, no evaluation of text.
/// </summary>
internal static class ReportPage
{
    private static readonly Lazy<string> Style = new(() => PageResources.Read("report.css"));

    public static string Render(ReportModel model)
    {
        return Fill(PageResources.Read("report.html"), new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["title"] = WebUtility.HtmlEncode(model.Study.Name),
            ["policy"] = Policy(model),
            ["style"] = Style.Value,
            ["data"] = JsonSerializer.Serialize(model, ReportJson.Default.ReportModel),
            ["charts"] = ChartLibrary.Script,
            ["script"] = PageScript.Of(model),
        });
    }

    /// <summary>The policy of a page. A page that follows its study may also ask the server that it has come from.</summary>
    public static string Policy(ReportModel model) =>
        $"default-src 'none'; script-src {Hash(ChartLibrary.Script)} {Hash(PageScript.Of(model))}; style-src {Hash(Style.Value)}; "
        + (model.Live is null ? "" : "connect-src 'self'; ") + "base-uri 'none'; form-action 'none'";

    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    /// <summary>Puts the parts in the places {{name}} of the template, in one pass: what a part has in it is not looked at.</summary>
    private static string Fill(string template, Dictionary<string, string> parts)
    {
        var page = new StringBuilder(template.Length + parts.Values.Sum(part => part.Length));
        var pieces = template.Split("{{");
        page.Append(pieces[0]);
        foreach (var piece in pieces.Skip(1))
        {
            var end = piece.IndexOf("}}", StringComparison.Ordinal);
            page.Append(parts[piece[..end]]).Append(piece, end + 2, piece.Length - end - 2);
        }

        return page.ToString();
    }
}
