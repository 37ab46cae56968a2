using System.Net;
using System.Net.NetworkInformation;
using System.Text.Json;
using LogMl.Optimization;
using LogMl.Report.Tests.Kit;
using LogMl.Storage;
using LogMl.TestKit.Postgres;
using LogMl.Tool.Tests.Kit;
using Microsoft.Playwright;

namespace LogMl.Tool.Tests;

/// <summary>The verb watch: a real process, a real study to which trials are added, and a real browser.</summary>
public sealed class WatchTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private static readonly SearchSpace Space = new() { ["step.x"] = Distribution.Uniform(0, 1) };

    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ChromiumFact]
    public async Task A_page_follows_a_search_and_keeps_what_its_reader_has_chosen()
    {
        _folder.With("study.db", storage => SampleStudies.AddClassifiers(storage, "classifiers", 30));
        using var watch = WatchProcess.Start(_folder, ["study.db"]);
        await using var open = await OpenPage.Open(chromium, watch.FirstLine);
        var page = open.Page;
        await page.Locator("#live.live").WaitForAsync();
        await page.ClickAsync("#table-head th:nth-child(3) button");
        await page.FillAsync("#expression", "learning_rate < 0.01");
        await open.Drag("History", 0.1f, 0.02f, 0.6f, 0.98f);
        await Shows(page, "#selected", "of 30 trials selected");
        var selected = (await page.InnerTextAsync("#selected")).Split(' ')[0];
        await page.FillAsync("#expression", "");
        await page.WaitForFunctionAsync(
            "selected => !document.getElementById('selected').textContent.startsWith(selected + ' ')", selected);
        selected = (await page.InnerTextAsync("#selected")).Split(' ')[0];
        await page.Locator("#table-body tr[data-row='1']").ClickAsync();
        var detail = await page.InnerTextAsync("#detail h2");

        _folder.With("study.db", storage => SampleStudies.AddClassifiers(storage, "classifiers", 60));
        await Shows(page, "#selected", $"{selected} of 60 trials selected");

        // The same dialog is open, the same column sorts, and the plots show the same selection.
        Assert.Equal(detail, await page.InnerTextAsync("#detail h2"));
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal("ascending", await page.GetAttributeAsync("#table-head th:nth-child(3)", "aria-sort"));
        Assert.Equal(0, await open.CountBlankPlots());
        Assert.True(await open.CountSelectedPixels("History") > 0);

        // What came as changes is what a new page has.
        await page.ClickAsync("#clear");
        await using var other = await OpenPage.Open(chromium, watch.FirstLine);
        await other.Page.ClickAsync("#table-head th:nth-child(3) button");
        foreach (var part in (string[])["#summary", "#states", "#plots table"])
        {
            Assert.Equal(await other.Page.InnerTextAsync(part), await page.InnerTextAsync(part));
        }

        // The order of the columns is that of the importance when a page is loaded.
        Assert.Equal(await Rows(other.Page), await Rows(page));

        Assert.Empty(open.Complaints);
        Assert.All(open.Requests, request => Assert.StartsWith(watch.FirstLine, request, StringComparison.Ordinal));
    }

    [ChromiumFact]
    public async Task A_trial_is_seen_while_it_runs_with_the_values_that_it_reports()
    {
        using var storage = StudyStorages.Sqlite(_folder.At("study.db"));
        using var study = StoredStudy.Open(storage, SampleStudies.Hostile, Space, new StudyOptions { Sampler = Samplers.Random(seed: 1) });
        study.Optimize(trial => trial.GetDouble("step.x"), maxEvals: 3);
        using var watch = WatchProcess.Start(_folder, []);
        await using var open = await OpenPage.Open(chromium, watch.FirstLine);
        var curves = open.Page.GetByRole(AriaRole.Heading, new() { Name = "Intermediate values" });
        Assert.Equal(0, await curves.CountAsync());
        Assert.DoesNotContain("running", await open.Page.InnerTextAsync("#states"), StringComparison.Ordinal);

        study.Optimize(
            trial =>
            {
                trial.SetUserAttribute("note", SampleStudies.Hostile);
                trial.Report(0.75, 1);
                curves.WaitForAsync().Wait();
                Shows(open.Page, "#states", "running 1").Wait();
                return trial.GetDouble("step.x");
            },
            maxEvals: 4);

        await Shows(open.Page, "#states", "complete 4");
        await open.Page.WaitForFunctionAsync("!document.getElementById('states').innerText.includes('running')");
        Assert.Contains("<img src=x", await open.Page.InnerTextAsync("h1"), StringComparison.Ordinal);
        Assert.Equal(0, await open.Page.Locator("img").CountAsync());
        Assert.Equal("undefined", await open.Page.EvaluateAsync<string>("typeof window.pwned"));
        Assert.Empty(open.Complaints);
    }

    [ChromiumFact]
    public async Task A_study_that_is_not_there_is_waited_for_and_its_deletion_is_said()
    {
        using var watch = WatchProcess.Start(_folder, ["results", "--study", "late"]);
        await using var open = await OpenPage.Open(chromium, watch.FirstLine);
        await Shows(open.Page, "#live", "There is no file and no folder 'results'.");
        Assert.Contains("warning LOGML3030: There is no file and no folder 'results'.", watch.Errors, StringComparison.Ordinal);

        // It comes with other objectives than the page has expected.
        _folder.With("results/study.db", storage => SampleStudies.AddTradeOff(storage, "late", 10));
        await Shows(open.Page, "#selected", "10 trials");
        await open.Page.GetByRole(AriaRole.Heading, new() { Name = "Pareto front" }).WaitForAsync();

        _folder.With("results/study.db", storage => storage.DeleteStudy("late"));
        await Shows(open.Page, "#live", "There is no study 'late'");
        Assert.Equal("10 trials", await open.Page.InnerTextAsync("#selected"));
        _folder.With("results/study.db", storage => SampleStudies.AddTradeOff(storage, "late", 15));
        await Shows(open.Page, "#selected", "15 trials");

        Directory.Delete(_folder.At("results"), recursive: true);
        await Shows(open.Page, "#live", "was deleted, moved or replaced while it was read");
        _folder.With("results/study.db", storage => SampleStudies.AddTradeOff(storage, "late", 5));
        await Shows(open.Page, "#selected", "5 trials");
        await open.Page.Locator("#live.live").WaitForAsync();
        Assert.Empty(open.Complaints);
    }

    [ChromiumFact]
    public async Task The_page_says_when_the_connection_is_lost_and_when_the_watch_is_another_one()
    {
        _folder.With("study.db", storage => SampleStudies.AddTradeOff(storage, "trade-off", 5));
        var watch = WatchProcess.Start(_folder, ["study.db"]);
        await using var open = await OpenPage.Open(chromium, watch.FirstLine);
        await Shows(open.Page, "#live", "live, last change");
        watch.Interrupt();
        Assert.Equal(ExitCodes.Cancelled, watch.WaitForExit());
        watch.Dispose();
        await Shows(open.Page, "#live", "connection lost, trying again");

        using var other = WatchProcess.Start(_folder, ["study.db", "--port", watch.Address.Port.ToString(null as IFormatProvider)]);
        await Shows(open.Page, "#live", "not watched any more: start logml watch again");
    }

    [Fact]
    public async Task Who_does_not_have_the_address_gets_nothing()
    {
        _folder.With("study.db", storage => SampleStudies.AddTradeOff(storage, "trade-off", 5));
        using var watch = WatchProcess.Start(_folder, ["study.db"]);
        using var client = new HttpClient();
        var root = watch.Address.GetLeftPart(UriPartial.Authority);
        var token = watch.Address.Segments[1];
        Assert.Equal("127.0.0.1", watch.Address.Host);
        Assert.Matches("^[0-9a-f]{48}/$", token);
        var guessed = (token[0] == '0' ? '1' : '0') + token[1..];
        foreach (var path in (string[])["/", "/events", $"/{token[1..]}", $"/{guessed}", $"/{guessed}events", $"/{token}other"])
        {
            using var refused = await client.GetAsync(root + path);
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
            Assert.Equal("", await refused.Content.ReadAsStringAsync());
        }

        using var rebound = new HttpRequestMessage(HttpMethod.Get, watch.Address)
        {
            Headers = { Host = $"rebound.example:{watch.Address.Port}" },
        };
        Assert.Equal(HttpStatusCode.NotFound, (await client.SendAsync(rebound)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync(watch.Address, content: null)).StatusCode);
        using var tunnelled = new HttpRequestMessage(HttpMethod.Get, watch.Address) { Headers = { Host = "localhost:8080" } };
        using var page = await client.SendAsync(tunnelled);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("no-store", page.Headers.CacheControl!.ToString());
        Assert.Equal(["no-referrer"], page.Headers.GetValues("Referrer-Policy"));
        Assert.False(page.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Matches(
            "content=\"default-src 'none'; script-src 'sha256-[^ ]* 'sha256-[^ ]*; style-src 'sha256-[^ ]*; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'\"",
            await page.Content.ReadAsStringAsync());
        Assert.All(
            IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(end => end.Port == watch.Address.Port),
            end => Assert.Equal(IPAddress.Loopback, end.Address));
    }

    [Fact]
    public void Ctrl_C_ends_a_watch_at_once_and_leaves_no_file()
    {
        _folder.With("study.db", storage => SampleStudies.AddTradeOff(storage, "trade-off", 5));
        using var watch = WatchProcess.Start(_folder, ["study.db"]);
        watch.Interrupt();

        Assert.Equal(ExitCodes.Cancelled, watch.WaitForExit());
        Assert.Equal([_folder.At("study.db")], Directory.GetFileSystemEntries(_folder.Path));
        Assert.DoesNotContain(
            watch.Address.Port, IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(end => end.Port));
    }

    [Fact]
    public async Task A_watch_until_the_end_ends_with_the_search_and_tells_its_pages()
    {
        using var storage = StudyStorages.Sqlite(_folder.At("study.db"));
        using var study = StoredStudy.Open(storage, "xor", Space, new StudyOptions { Sampler = Samplers.Random(seed: 1) });
        study.Optimize(trial => trial.GetDouble("step.x"), maxEvals: 3);
        using var watch = WatchProcess.Start(_folder, ["--until-end"]);
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var events = new StreamReader(await client.GetStreamAsync(new Uri(watch.Address, "events")));
        Assert.Equal("all", (await Event(events, "all")).Kind);

        storage.SetStudyAttributes(storage.RequireStudy("xor").Id, new Dictionary<string, string> { ["logml:end"] = "\"3 of 3.\"" });
        await Event(events, "end");
        Assert.Equal(ExitCodes.Done, watch.WaitForExit());
    }

    [Fact]
    public void A_port_that_is_in_use_and_a_study_that_is_not_clear_are_errors()
    {
        _folder.With("study.db", storage =>
        {
            SampleStudies.AddTradeOff(storage, "one", 3);
            SampleStudies.AddTradeOff(storage, "two", 3);
        });
        using var watch = WatchProcess.Start(_folder, ["--study", "one"]);
        var port = watch.Address.Port.ToString(null as IFormatProvider);

        Assert.StartsWith(
            $"error LOGML3031: The port {port} of 127.0.0.1 cannot be used: ",
            _folder.Run("watch", "--study", "one", "--port", port).Fails(ToolErrors.Port), StringComparison.Ordinal);
        Assert.Contains("There are several studies", _folder.Run("watch").Fails(ToolErrors.Study), StringComparison.Ordinal);
        _folder.Run("watch", "--port", "0").Fails(ToolErrors.Usage, ExitCodes.WrongUsage);
    }

    [PostgresFact]
    public async Task A_study_on_a_server_is_followed_from_before_its_first_trial()
    {
        var database = PostgresServer.Shared.CreateDatabase();
        using var watch = WatchProcess.Start(_folder, ["--json"], ("LOGML_STORAGE", database.Url));
        Assert.Equal("{", watch.FirstLine);
        var address = watch.ReadLines().Select(line => line.Split('"')).First(parts => parts is [_, "url", ..])[3];
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var events = new StreamReader(await client.GetStreamAsync(new Uri(address + "events")));
        await Event(events, "problem");

        using var storage = StudyStorages.PostgreSql(database.ConnectionString);
        SampleStudies.AddTradeOff(storage, "server", 8);
        await Event(events, "all");
        SampleStudies.AddTradeOff(storage, "server", 9);
        while (!Numbers(await Event(events, "all", "change")).Contains(8))
        {
            // The search is seen in several steps.
        }

        Assert.DoesNotContain(new Uri(database.Url).UserInfo.Split(':')[1], watch.Errors, StringComparison.Ordinal);
    }

    /// <summary>The numbers of the trials that a page is sent.</summary>
    private static IEnumerable<int> Numbers((string Kind, string Data) sent)
    {
        var trials = JsonElement.Parse(sent.Data).GetProperty("trials");
        return trials.ValueKind == JsonValueKind.Null
            ? []
            : (sent.Kind == "all" ? trials : trials.GetProperty("columns")).GetProperty("number").EnumerateArray()
                .Select(number => number.GetInt32());
    }

    /// <summary>The next event of one of some kinds; a whole model only when it has a trial.</summary>
    private static async Task<(string Kind, string Data)> Event(StreamReader events, params string[] kinds)
    {
        while (await events.ReadLineAsync() is { } line)
        {
            if (Array.Find(kinds, kind => line == $"event: {kind}") is { } found)
            {
                string? data;
                do
                {
                    data = await events.ReadLineAsync();
                }
                while (data?.StartsWith("data: ", StringComparison.Ordinal) == false);

                if (found != "all" || data!.Contains("\"number\":[0", StringComparison.Ordinal))
                {
                    return (found, data!["data: ".Length..]);
                }
            }
        }

        throw new InvalidOperationException($"The stream has ended without the event {string.Join(" or ", kinds)}.");
    }

    /// <summary>The cells of each row of the table, by their text.</summary>
    private static async Task<string> Rows(IPage page)
    {
        await page.Locator("#rows").ScrollIntoViewIfNeededAsync();
        await page.Locator("#table-body tr[data-row='20']").WaitForAsync();
        return await page.EvaluateAsync<string>(
            "[...document.querySelectorAll('#table-body tr:not(.gap)')].map(row => "
            + "[...row.cells].map(cell => cell.textContent).sort().join('|')).join('\\n')");
    }

    private static async Task Shows(IPage page, string place, string text) =>
        await page.Locator(place).GetByText(text).Or(page.Locator(place).And(page.GetByText(text))).First.WaitForAsync();
}
