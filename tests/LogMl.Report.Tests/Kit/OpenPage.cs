using Microsoft.Playwright;

namespace LogMl.Report.Tests.Kit;

/// <summary>A page in the browser, with all that it complains about and all that it asks for.</summary>
internal sealed class OpenPage(IPage page, List<string> complaints, List<string> requests) : IAsyncDisposable
{
    private const float Patience = 120_000;

    /// <summary>The browser's advice to who reads pixels, which only tests do.</summary>
    private const string OfTests = "Multiple readback operations";

    public IPage Page => page;

    /// <summary>Errors, warnings and violations of the policy.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    /// <summary>The addresses that the page has asked for.</summary>
    public IReadOnlyList<string> Requests => requests;

    public static async Task<OpenPage> Open(Chromium chromium, string address, int width = 1400, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await chromium.Browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        context.SetDefaultTimeout(Patience);
        var page = await context.NewPageAsync();
        var (complaints, requests) = (new List<string>(), new List<string>());
        page.Console += (_, message) =>
        {
            if (!message.Text.Contains(OfTests, StringComparison.Ordinal))
            {
                complaints.Add($"{message.Type}: {message.Text}");
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        page.Request += (_, request) => requests.Add(request.Url);
        await page.GotoAsync(address);
        await page.WaitForFunctionAsync("document.documentElement.dataset.ready === 'true'");
        return new OpenPage(page, complaints, requests);
    }

    /// <summary>Draws all plots, which otherwise happens when they are seen, and gives the number of those that are blank.</summary>
    public async Task<int> CountBlankPlots()
    {
        await page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        await Frames();
        return await page.EvaluateAsync<int>(
            "[...document.querySelectorAll('.plot')].filter(plot => ![...plot.querySelectorAll('canvas')].some(canvas => "
            + "canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(value => value > 0))).length");
    }

    /// <summary>The number of pixels in the layer of a plot that shows what is selected.</summary>
    public async Task<int> CountSelectedPixels(string title)
    {
        await Frames();
        return await Plot(title).EvaluateAsync<int>(
            "plot => { const canvas = plot.querySelector('canvas.selected'); return canvas === null || canvas.width === 0 ? 0 : "
            + "canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data"
            + ".filter((value, i) => i % 4 === 3 && value > 0).length; }");
    }

    /// <summary>The plot with a title.</summary>
    public ILocator Plot(string title)
    {
        var heading = page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true });
        return page.Locator("figure", new() { Has = heading }).Locator(".plot");
    }

    /// <summary>Drags over a part of a plot, given in shares of its width and height from the left and from the top.</summary>
    public async Task Drag(string title, float fromX, float fromY, float toX, float toY)
    {
        await Plot(title).ScrollIntoViewIfNeededAsync();
        await Plot(title).Locator("canvas").First.WaitForAsync();
        var box = (await Plot(title).BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (fromX * box.Width), box.Y + (fromY * box.Height));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (toX * box.Width), box.Y + (toY * box.Height), new() { Steps = 4 });
        await page.Mouse.UpAsync();
    }

    /// <summary>Waits until what is to be drawn is drawn.</summary>
    private Task Frames() =>
        page.EvaluateAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))");

    public async ValueTask DisposeAsync() => await page.Context.DisposeAsync();
}
