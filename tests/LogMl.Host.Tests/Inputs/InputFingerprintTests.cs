using System.Text.Json;
using CsCheck;
using LogMl.Host.Inputs;
using LogMl.Host.Manifests;
using LogMl.Shared.Requests;

namespace LogMl.Host.Tests.Inputs;

/// <summary>The inputs of a search, and what changed between two calls.</summary>
public sealed class InputFingerprintTests : IDisposable
{
    private const int Large = 2 * 1024 * 1024;

    private readonly string _root = Directory.CreateTempSubdirectory("logml é ").FullName;
    private readonly string _list;
    private string _more = "";
    private string _defaults = """{ "model_train": { "epochs": 20, "rate": 0.5, "layers": [3, 4] } }""";

    public InputFingerprintTests()
    {
        _list = Path.Combine(_root, "inputs");
        Write("app/Program.cs", "code");
        Write("app/data/train.csv", "1,2");
        Write("app/app.deps.json", """{ "libraries": { "app/1.0.0": { "type": "project" }, "Microsoft.ML/5.0.1": { "type": "package" } } }""");
        WriteList("code\tapp/Program.cs", "data\tapp/data/train.csv", "packages\tapp/app.deps.json");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void The_same_inputs_give_the_same_id_and_no_change()
    {
        var first = Take();
        File.SetLastWriteTimeUtc(At("app/Program.cs"), DateTime.UtcNow.AddDays(-1));
        var second = Take(first);
        Assert.Matches("^[0-9a-f]{12}$", first.Id);
        Assert.Equal(first.Id, second.Id);
        Assert.Empty(second.ChangesSince(first));
    }

    [Fact]
    public void Each_change_is_named()
    {
        Write("app/Old.cs", "old");
        WriteList("code\tapp/Program.cs", "code\tapp/Old.cs", "code\tcommon/Common.cs", "data\tapp/data/train.csv", "packages\tapp/app.deps.json");
        Write("common/Common.cs", "common");
        var first = Take();

        Write("app/Program.cs", "other");
        Write("app/New.cs", "new");
        Write("common/Common.cs", "other");
        Write("app/data/train.csv", "1,3");
        Write("app/app.deps.json", """{ "libraries": { "Microsoft.ML/5.0.2": { "type": "package" }, "Extra/1.0.0": { "type": "package" } } }""");
        WriteList("code\tapp/Program.cs", "code\tapp/New.cs", "code\tcommon/Common.cs", "data\tapp/data/train.csv", "packages\tapp/app.deps.json");
        _defaults = """{ "model_train": { "epochs": 30, "rate": 0.7, "layers": [3, 4] }, "model_create": { "units": 2 } }""";
        var second = Take(first);

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(
            [
                "../common/Common.cs changed", "New.cs is new", "Old.cs is gone", "Program.cs changed", "data/train.csv changed", "package Extra is new",
                "package Microsoft.ML 5.0.1 -> 5.0.2", "default model_create.units is new", "default model_train.epochs 20 -> 30",
            ],
            second.ChangesSince(first));
        Assert.Equal(
            "../common/Common.cs changed, New.cs is new, Old.cs is gone, Program.cs changed, data/train.csv changed, package Extra is new, "
            + "package Microsoft.ML 5.0.1 -> 5.0.2, default model_create.units is new and 1 more",
            InputFingerprint.Describe(second.ChangesSince(first)));
    }

    [Fact]
    public void A_step_that_is_switched_off_and_each_setting_of_a_section_are_inputs()
    {
        _more = """, "disabled": ["dataset_preprocess"], "settings": { "dataset": { "path": "a.csv", "rows": 9 }, "model": { "width": 3 } }""";
        var first = InputFingerprint.Parse(Take().ToJson());
        Assert.Empty(Take().ChangesSince(first));
        _more = """, "disabled": ["dataset_augment"], "settings": { "dataset": { "path": "b.csv", "rows": 9 }, "model": { "depth": 2 } }""";
        var second = Take();
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(
            [
                "step dataset_augment is disabled now", "step dataset_preprocess was disabled",
                "setting dataset.path \"a.csv\" -> \"b.csv\"", "setting model.depth is new", "setting model.width is gone",
            ],
            second.ChangesSince(first));
    }

    [Fact]
    public void What_an_earlier_version_did_not_store_is_unknown_and_no_change()
    {
        var json = Take().ToJson();
        _more = """, "disabled": ["dataset_preprocess"], "settings": { "model": { "width": 3 } }""";
        var earlier = InputFingerprint.Parse(json.Replace(",\"step\":{},\"setting\":{}", "", StringComparison.Ordinal));
        Assert.Empty(Take().ChangesSince(earlier));
        Assert.DoesNotContain("\"step\"", earlier.ToJson(), StringComparison.Ordinal);
        Assert.Equal(2, Take().ChangesSince(InputFingerprint.Parse(json)).Count);
    }

    [Fact]
    public void Neither_what_is_searched_nor_the_order_of_the_list_is_an_input()
    {
        var first = Take();
        _defaults = """{ "model_train": { "layers": [3, 4], "rate": 0.9, "epochs": 20 } }""";
        WriteList("packages\tapp/app.deps.json", "data\tapp/data/train.csv", "code\tapp/Program.cs");
        Assert.Equal(first.Id, Take(first).Id);
    }

    [Fact]
    public void A_large_data_file_that_looks_untouched_is_not_read_again()
    {
        var file = At("app/data/train.csv");
        WriteLarge(file, 'a', DateTime.UtcNow.AddHours(-1));
        var first = Take();

        // Only size and time can be checked without reading. Other content with the same size and time shows that the file was not read.
        WriteLarge(file, 'b', File.GetLastWriteTimeUtc(file));
        Assert.Empty(Take(InputFingerprint.Parse(first.ToJson())).ChangesSince(first));
        Assert.Equal(["data/train.csv changed"], Take().ChangesSince(first));

        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-1));
        Assert.Equal(["data/train.csv changed"], Take(first).ChangesSince(first));
    }

    [Fact]
    public void A_touched_file_with_the_same_content_has_not_changed()
    {
        var file = At("app/data/train.csv");
        WriteLarge(file, 'a', DateTime.UtcNow.AddHours(-1));
        var first = Take();
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-5));
        Assert.Equal(first.Id, Take(first).Id);
    }

    [Fact]
    public void A_file_that_was_written_a_moment_ago_and_a_small_one_are_read_again()
    {
        var file = At("app/data/train.csv");
        WriteLarge(file, 'a', DateTime.UtcNow);
        var first = Take();
        WriteLarge(file, 'b', File.GetLastWriteTimeUtc(file));
        Assert.Equal(["data/train.csv changed"], Take(first).ChangesSince(first));

        var time = DateTime.UtcNow.AddHours(-1);
        Write("app/data/train.csv", "1,2");
        File.SetLastWriteTimeUtc(file, time);
        var small = Take();
        Write("app/data/train.csv", "1,3");
        File.SetLastWriteTimeUtc(file, time);
        Assert.Equal(["data/train.csv changed"], Take(small).ChangesSince(small));
    }

    [Fact]
    public void Behind_a_link_the_file_itself_counts()
    {
        var real = At("real.csv");
        WriteLarge(real, 'a', DateTime.UtcNow.AddHours(-2));
        File.Delete(At("app/data/train.csv"));
        File.CreateSymbolicLink(At("app/data/train.csv"), real);
        var first = Take();
        WriteLarge(real, 'b', DateTime.UtcNow.AddHours(-1));
        Assert.Equal(["data/train.csv changed"], Take(first).ChangesSince(first));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_said_to_be_so()
    {
        var first = Take();
        File.Delete(At("app/data/train.csv"));
        Assert.Equal(["data/train.csv cannot be read"], Take(first).ChangesSince(first));
    }

    [Fact]
    public void Without_a_list_the_assembly_is_the_code()
    {
        Write("app/app.dll", "no real assembly");
        var first = Take(useList: false);
        Write("app/app.dll", "another");
        Assert.Equal(["app.dll changed"], Take(first, useList: false).ChangesSince(first));
        Assert.Contains("Microsoft.ML", first.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_written_is_read_back()
    {
        WriteLarge(At("app/data/train.csv"), 'a', DateTime.UtcNow.AddHours(-1));
        var first = Take();
        var again = InputFingerprint.Parse(first.ToJson());
        Assert.Equal(first.Id, again.Id);
        Assert.Equal(first.ToJson(), again.ToJson());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"format":2}""")]
    [InlineData("""{"format":1,"code":[]}""")]
    [InlineData("""{"format":1,"code":{"a":1},"library":{},"data":{},"package":{},"default":{}}""")]
    [InlineData("""{"format":1,"code":{"a":{"hash":"x"}},"library":{},"data":{},"package":{},"default":{}}""")]
    [InlineData("""{"format":99999999999}""")]
    public void A_broken_or_newer_text_is_a_format_exception(string json) =>
        Assert.Throws<FormatException>(() => InputFingerprint.Parse(json));

    [Fact]
    public void A_text_that_was_cut_or_changed_is_read_or_refused()
    {
        var json = Take().ToJson();
        Gen.Select(Gen.Int[0, json.Length - 1], Gen.Int[0, 20], Gen.String[Gen.Char[' ', '~'], 0, 3]).Sample((start, length, text) =>
        {
            var changed = json.Remove(start, Math.Min(length, json.Length - start)).Insert(start, text);
            try
            {
                InputFingerprint.Parse(changed);
            }
            catch (FormatException)
            {
                // The caller treats this as unknown.
            }
        });
    }

    [Theory]
    [InlineData("code")]
    [InlineData("code\trelative.cs")]
    [InlineData("sources\t/a.cs")]
    public void A_wrong_list_is_an_error(string line)
    {
        File.WriteAllText(_list, line);
        Assert.Equal("LOGML2013", Assert.Throws<HostException>(() => Take()).Code);
        File.Delete(_list);
        Assert.Equal("LOGML2013", Assert.Throws<HostException>(() => Take()).Code);
    }

    private static void WriteLarge(string path, char content, DateTime modified)
    {
        File.WriteAllText(path, new string(content, Large));
        File.SetLastWriteTimeUtc(path, modified);
    }

    private InputFingerprint Take(InputFingerprint? earlier = null, bool useList = true)
    {
        using var json = JsonDocument.Parse($$"""
            {
              "format": 2, "version": "0.1.0", "name": "M", "optimization": null, "final_run": false,
              "space": { "params": [{ "name": "model_train.rate", "dist": "uniform", "args": [0, 1] }] },
              "defaults": {{_defaults}}{{_more}}
            }
            """);
        var options = new HostRequest
        {
            Assembly = At("app/app.dll"), DepsFile =
                At("app/app.deps.json"), RuntimeConfig = At("app/app.runtimeconfig.json"), Worker = At("worker.dll"),
            ProjectDirectory = At("app"), Study = "app", Output = At("out"), Inputs = useList ? _list : null,
        };
        return InputFingerprint.Take(Manifest.Read(json.RootElement), options, seed: 3, earlier, []);
    }

    private void WriteList(params string[] lines) =>
        File.WriteAllLines(_list, lines.Select(line => line.Replace("\t", "\t" + _root + "/", StringComparison.Ordinal)));

    private void Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), content);
    }

    private string At(string name) => Path.Combine(_root, name);
}
