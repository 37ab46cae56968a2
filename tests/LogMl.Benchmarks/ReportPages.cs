using System.Globalization;
using LogMl.Report;
using LogMl.Report.Model;
using LogMl.Report.Page;
using LogMl.Report.Tests.Kit;
using Microsoft.Playwright;

namespace LogMl.Benchmarks;

/// <summary>
/// What a reader of a report waits for, in the Chromium of the system: from the address to a page with everything in its place (the page
/// measures that itself), and from a movement of the mouse, while he brushes over the history, to the frame that shows the new selection
/// in all plots that are seen.
/// </summary>
internal static class ReportPages
{
    private const int Parameters = 30;
    private const int Rounds = 5;

    /// <summary>Waits for two frames, since a handler may have asked for the second one.</summary>
    private const string Drawn =
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))";

    /// <summary>Notes for each movement how long it takes until two frames are drawn, also when nothing else is to be done.</summary>
    private const string Watch =
        "window.moves = []; addEventListener('pointermove', () => { const begin = performance.now(); "
        + "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => moves.push(performance.now() - begin)))); }, "
        + "{ capture: true })";

    public static void Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task RunAsync()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu"] });
        var table = new Table("trials", "size", "load: median", "slowest", "brush: median", "slowest");
        foreach (var trials in (int[])[100, 1_000, 10_000])
        {
            var file = Path.Combine(Path.GetTempPath(), $"logml-report-{Environment.ProcessId}.html");
            try
            {
                File.WriteAllText(file, ReportPage.Render(
                    ReportBuilder.Build(LargeStudy.Content(trials, Parameters), new ReportContext(), new TextTable())));
                await MeasureAsync(browser, file, trials, table);
            }
            finally
            {
                File.Delete(file);
            }
        }

        table.Print();
    }

    private static async Task MeasureAsync(IBrowser browser, string file, int trials, Table table)
    {
        var (loads, moves) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1400, Height = 900 } });
            var page = await context.NewPageAsync();
            await page.GotoAsync(new Uri(file).AbsoluteUri);
            await page.WaitForFunctionAsync("document.documentElement.dataset.ready === 'true'");
            await page.EvaluateAsync(Drawn);
            loads.Add(await page.EvaluateAsync<double>("performance.getEntriesByName('logml:load')[0].duration"));

            var heading = page.GetByRole(AriaRole.Heading, new() { Name = "History", Exact = true });
            var plot = page.Locator("figure", new() { Has = heading }).Locator(".plot");
            await plot.ScrollIntoViewIfNeededAsync();
            await plot.Locator("canvas").First.WaitForAsync();
            var box = (await plot.BoundingBoxAsync())!;
            await page.Mouse.MoveAsync(box.X + (0.2f * box.Width), box.Y + (0.1f * box.Height));
            await page.Mouse.DownAsync();
            await page.EvaluateAsync(Watch);
            for (var step = 1; step <= 20; step++)
            {
                await page.Mouse.MoveAsync(box.X + ((0.2f + (0.03f * step)) * box.Width), box.Y + (0.9f * box.Height));
                await page.EvaluateAsync(Drawn);
            }

            await page.Mouse.UpAsync();
            moves.AddRange(await page.EvaluateAsync<double[]>("moves"));
        }

        var (load, move) = (new Sample(loads), new Sample(moves));
        table.Add(
            trials.ToString("#,0", CultureInfo.InvariantCulture), Table.Kilobytes(new FileInfo(file).Length),
            Table.Milliseconds(load.Median), Table.Milliseconds(load.Quantile(1)),
            Table.Milliseconds(move.Median), Table.Milliseconds(move.Quantile(1)));
    }
}
