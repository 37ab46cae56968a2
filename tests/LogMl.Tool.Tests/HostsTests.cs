using System.Text.Json;
using LogMl.Report.Tests.Kit;
using LogMl.Shared;
using LogMl.Tool.Tests.Kit;
using Microsoft.Playwright;

namespace LogMl.Tool.Tests;

/// <summary>A study that several machines search, seen from elsewhere: machines, stragglers, and what failed trials have printed.</summary>
public sealed class HostsTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Show_lists_the_machines_with_those_that_are_gone_first_and_the_stragglers()
    {
        using var study = new SharedStudy(_folder.At("study.db"));
        study.Complete("node1", 1);
        Assert.Equal("idle", Hosts()["node1"].GetProperty("state").GetString());
        Assert.DoesNotContain("machine", _folder.Run("show").Done, StringComparison.Ordinal);

        study.Complete("node2", 6);
        study.Complete("node3", 5);
        var slow = study.Begin("node1");
        study.Begin("node1");
        var lost = study.Begin("node2");
        Assert.All((string[])["node1", "node2"], host => Assert.Equal("alive", Hosts()[host].GetProperty("state").GetString()));
        study.Kill("node2");

        // Nobody has noticed in the store.
        var before = Hosts();
        Assert.Equal("gone", before["node2"].GetProperty("state").GetString());
        var since = before["node2"].GetProperty("since").GetDateTime();
        Assert.InRange(since, DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow);
        Assert.Equal(
            [0, 1, 6, 0, 0], ((string[])["processes", "running", "complete", "failed", "repeated"]).Select(name =>
                before["node2"].GetProperty(name).GetInt32()));
        Assert.Equal(1, before["node1"].GetProperty("processes").GetInt32());

        // Another machine notices, and it stays known since when.
        Assert.Equal(1, study.Reap("node1"));
        var after = Hosts();
        Assert.Equal("gone", after["node2"].GetProperty("state").GetString());
        Assert.Equal(since, after["node2"].GetProperty("since").GetDateTime());
        Assert.Equal(1, after["node2"].GetProperty("repeated").GetInt32());

        study.Backdate(slow, TimeSpan.FromHours(2));
        _folder.Width = 120;
        var text = _folder.Run("show").Done;
        Assert.Contains("1 gone", text, StringComparison.Ordinal);
        Assert.True(
            text.IndexOf(" node2 ", StringComparison.Ordinal) < text.IndexOf(" node1 ", StringComparison.Ordinal), text);
        Assert.Contains(
            "A straggler has run for more than 3 times as long as 90 % of the complete trials took", text, StringComparison.Ordinal);
        _folder.Width = null;
        var straggler = Assert.Single(
            _folder.Run("show", "--json").Json.GetProperty("stragglers").EnumerateArray(),
            straggler => straggler.GetProperty("number").GetInt32() == slow.Number);
        Assert.Equal("node1", straggler.GetProperty("host").GetString());
        Assert.InRange(straggler.GetProperty("seconds").GetDouble(), 7_200, 7_500);

        // It comes back.
        study.Complete("node2", 1);
        Assert.NotEqual("gone", Hosts()["node2"].GetProperty("state").GetString());
        var repeated = _folder.Run("trials", "--json", "--filter", "state = repeated").Json.GetProperty("trials");
        Assert.Contains(lost.Number, repeated.EnumerateArray().Select(trial => trial.GetProperty("number").GetInt32()));
    }

    [Fact]
    public void A_study_that_nobody_searches_any_more_has_its_trials_by_machine_and_no_straggler()
    {
        using (var study = new SharedStudy(_folder.At("study.db")))
        {
            study.Complete("node1", 12);
            study.Complete("node2", 2);
        }

        var hosts = Hosts();
        Assert.Equal(["idle", "idle"], hosts.Values.Select(host => host.GetProperty("state").GetString()));
        Assert.Equal([12, 2], hosts.Values.Select(host => host.GetProperty("complete").GetInt32()));
        Assert.Empty(_folder.Run("show", "--json").Json.GetProperty("stragglers").EnumerateArray());
        Assert.Contains("2 idle", _folder.Run("show").Done, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_trial_has_its_stack_trace_and_the_end_of_what_it_printed()
    {
        using (var study = new SharedStudy(_folder.At("study.db")))
        {
            study.Fail(
                "node1", study.Begin("node1"), (TrialNoteNames.FailReason, "\"IOException: no data\""),
                (TrialNoteNames.FailStack, "\"   at A.B()\""), (TrialNoteNames.FailOutput, "\"epoch 1\\nepoch 2\""));
        }

        var text = _folder.Run("trial", "0").Done;
        Assert.Matches(@"\nstack +at A\.B\(\)\noutput +epoch 1\n +epoch 2\n", text);
        Assert.Equal("epoch 1\nepoch 2", _folder.Run("trial", "0", "--json").Json.GetProperty("trial").GetProperty("output").GetString());
    }

    [ChromiumFact]
    public async Task A_page_that_follows_a_search_tells_that_a_machine_is_gone_though_nothing_is_stored()
    {
        using var study = new SharedStudy(_folder.At("study.db"));
        study.Complete("node1", 12);
        study.Fail(
            "node1", study.Begin("node1"), (TrialNoteNames.FailReason, "\"IOException: no data\""),
            (TrialNoteNames.FailStack, "\"at A.B()\""), (TrialNoteNames.FailOutput, "\"last words\""));
        var slow = study.Begin("node1");
        study.Begin("node2");
        using var watch = WatchProcess.Start(_folder, ["study.db"]);
        await using var open = await OpenPage.Open(chromium, watch.FirstLine);
        var page = open.Page;
        await page.Locator(".hosts p", new PageLocatorOptions { HasText = "2 alive" }).WaitForAsync();
        await page.ClickAsync("details summary");
        Assert.Contains("last words", await page.InnerTextAsync("details[open]"), StringComparison.Ordinal);

        study.Kill("node2");
        await page.Locator(".hosts p", new PageLocatorOptions { HasText = "1 gone, 1 alive" }).WaitForAsync();
        Assert.Matches("^node2\tgone since ", await page.InnerTextAsync(".hosts tbody tr:first-child"));

        study.Backdate(slow, TimeSpan.FromHours(1));
        await page.Locator(".card", new PageLocatorOptions { HasText = "A straggler has run for more than" }).WaitForAsync();

        // What its reader has opened stays open.
        Assert.Contains("last words", await page.InnerTextAsync("details[open]"), StringComparison.Ordinal);
    }

    private Dictionary<string, JsonElement> Hosts() => _folder.Run("show", "--json").Json.GetProperty("hosts").EnumerateArray()
        .ToDictionary(host => host.GetProperty("host").GetString()!, StringComparer.Ordinal);
}
