using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LogMl.Shared;
using LogMl.Tool.AskTell;
using LogMl.Tool.Storages;

namespace LogMl.Tool.Commands;

/// <summary>The verb <c>ask-tell</c> with its options.</summary>
internal static class AskTellCommand
{
    /// <summary>The verb.</summary>
    public static VerbCommand Create(ToolConsole console)
    {
        var space = new Option<string>("--space") { HelpName = "file", Required = true, Description = "A file with the search space." };
        var algorithm = new Option<string>("--algo")
        {
            HelpName = "name", Required = true, Description = "The algorithm that proposes them, such as tpe.",
        };
        algorithm.Validators.Add(RequireAlgorithm);
        algorithm.CompletionSources.Add(_ => Algorithms.Names.Select(name => new System.CommandLine.Completions.CompletionItem(name)));
        var seed = Whole(
            "--seed", "number", long.MinValue, long.MaxValue, "The same seed and the same answers give the same proposals.");
        var evaluations = Whole("--evals", "count", 0, int.MaxValue, "How many points are proposed.");
        var options = new Option<string?>("--options")
        {
            HelpName = "file", Description = "A file with options of the algorithm, such as {\"candidates\": 48}.",
        };
        var points = new Option<string?>("--points-to-evaluate")
        {
            HelpName = "file", Description = "A file with the points that a study begins with, such as [{\"x\": 1.5}].",
        };
        var storage = new Option<string?>("--storage")
        {
            HelpName = $"path|{GivenPlace.FromEnvironment}",
            Description = "A SQLite file in which the study is kept, or env: the place that LOGML_STORAGE names.",
        };
        var study = new Option<string?>("--study")
        {
            HelpName = "name", Description = $"The name of the study in the storage; {AskTellRequest.UsualStudy} when it is not given.",
        };
        var verb = new VerbCommand(
            "ask-tell",
            "Proposes points, and reads what they are worth: lines of JSON such as {\"loss\": 0.5}. Any program runs the trials.",
            "logml ask-tell --space space.json --algo tpe --seed 1 --evals 100")
        {
            space, algorithm, seed, evaluations, options, points, storage, study,
        };

        // The table of algorithms is read for this verb alone: the others start faster without it.
        verb.Notes = () => $"Algorithms:\n  {string.Join(", ", Algorithms.Names)}";
        verb.SetAction(result => AskTellVerb.Run(
            new AskTellRequest(
                result.GetValue(space)!, result.GetValue(algorithm)!,
                long.Parse(result.GetValue(seed)!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
                int.Parse(result.GetValue(evaluations)!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))
            {
                Options = result.GetValue(options),
                Points = result.GetValue(points),
                Storage = result.GetValue(storage),
                Study = result.GetValue(study),
            },
            console));
        return verb;
    }

    /// <summary>An option that must be given, and is a whole number.</summary>
    private static Option<string> Whole(string name, string value, long low, long high, string description)
    {
        // As text it needs no code that the runtime would have to compile at the start of every verb.
        var option = new Option<string>(name) { HelpName = value, Required = true, Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }]
                && !(long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    && number >= low && number <= high))
            {
                result.AddError(string.Create(
                    CultureInfo.InvariantCulture, $"{name} is '{text}', but must be a whole number from {low} to {high}."));
            }
        });
        return option;
    }

    private static void RequireAlgorithm(OptionResult result)
    {
        // Other mistakes, as none or several values, are found by the parser.
        if (result.Tokens is not [{ Value: var name }] || Algorithms.Names.Contains(name))
        {
            return;
        }

        var meant = NearestName.Find(name, Algorithms.Names);
        result.AddError(
            $"--algo is '{name}', but must be one of {string.Join(", ", Algorithms.Names)}"
            + $"{(meant is null ? "." : $" (did you mean '{meant}'?)")}");
    }
}
