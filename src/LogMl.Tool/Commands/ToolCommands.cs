using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using LogMl.Tool.Storages;
using LogMl.Tool.Verbs;

namespace LogMl.Tool.Commands;

/// <summary>The verbs of the tool with their options. docs/tool.md has a row for each.</summary>
internal static class ToolCommands
{
    /// <summary>The command line of the tool.</summary>
    public static RootCommand Root(ToolConsole console)
    {
        var symbols = new StudySymbols(console);
        var worker = new WorkerSymbols();
        var root = new RootCommand("Looks at studies of hyper-parameter optimization: those of LogMl and of Optuna.")
        {
            Studies(symbols, console),
            Show(symbols, console),
            Best(symbols, console),
            Trials(symbols, console),
            Trial(symbols, console),
            Importance(symbols, console),
            Report(symbols, console),
            Watch(symbols, console),
            Compare(symbols, console),
            Export(symbols, console),
            Enqueue(symbols, console),
            Copy(symbols, console),
            Delete(symbols, console),
            AskTellCommand.Create(console),
            WorkerCommand.Of(symbols, worker, console),
            LaunchCommand.Of(symbols, worker, console),
            KubernetesCommand.Of(symbols, worker, console),
            SlurmCommand.Of(symbols, worker, console),
            Completion(console),
        };
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new ExampleHelp((HelpAction)help.Action!);
        }

        return root;
    }

    private static VerbCommand Studies(StudySymbols symbols, ToolConsole console)
    {
        var verb = new VerbCommand("studies", "Lists the studies.", "logml studies HyperOptResults");
        verb.Add(symbols.Place);
        verb.Add(symbols.StorageFile);
        verb.Add(symbols.Json);
        verb.SetAction(result => StudiesVerb.Run(symbols.RequestOf(result), result.GetValue(symbols.Json), console));
        return verb;
    }

    private static VerbCommand Show(StudySymbols symbols, ToolConsole console)
    {
        var verb = OfStudy(symbols, "show", "Shows a study: its objectives, trials and search space.", "logml show");
        verb.SetAction(result => ShowVerb.Run(symbols.RequestOf(result), result.GetValue(symbols.Json), console));
        return verb;
    }

    private static VerbCommand Best(StudySymbols symbols, ToolConsole console)
    {
        var yaml = Yaml();
        var verb = OfStudy(symbols, "best", "Shows the best trial, with several objectives also the Pareto front.", "logml best --yaml");
        verb.Add(yaml);
        verb.SetAction(result => BestVerb.Run(symbols.RequestOf(result), FormOf(result, symbols, yaml), console));
        return verb;
    }

    private static VerbCommand Trials(StudySymbols symbols, ToolConsole console)
    {
        var csv = new Option<bool>("--csv") { Description = "Prints CSV, with the columns of trials.csv." };
        var filter = new Option<string?>("--filter", "-f")
        {
            HelpName = "expression", Description = "Only the trials for which the expression holds: loss < 0.1 and accuracy > 0.9.",
        };
        var best = new Option<int?>("--best", "-n") { HelpName = "count", Description = "Only the best ones, the best first." };
        var verb = OfStudy(
            symbols, "trials", "Lists the trials.", "logml trials --filter \"loss < 0.1 and accuracy > 0.9 and kernel = rbf\" --best 10");
        verb.Add(filter);
        verb.Add(best);
        verb.Add(csv);
        verb.SetAction(result => TrialsVerb.Run(
            symbols.RequestOf(result),
            new TrialsRequest(result.GetValue(filter), result.GetValue(best), FormOf(result, symbols, csv)), console));
        return verb;
    }

    private static VerbCommand Trial(StudySymbols symbols, ToolConsole console)
    {
        var number = new Argument<int>("number") { Description = "The number of the trial." };
        var yaml = Yaml();
        var verb = new VerbCommand("trial", "Shows a trial: its scores, parameters, reports and failure.", "logml trial 17") { number };
        AddStudy(verb, symbols);
        verb.Add(yaml);
        verb.SetAction(result => TrialVerb.Run(
            symbols.RequestOf(result), result.GetValue(number), FormOf(result, symbols, yaml), console));
        return verb;
    }

    private static VerbCommand Importance(StudySymbols symbols, ToolConsole console)
    {
        var verb = OfStudy(
            symbols, "importance", "Estimates how important each parameter is, by fANOVA and PED-ANOVA.", "logml importance");
        verb.SetAction(result => ImportanceVerb.Run(symbols.RequestOf(result), result.GetValue(symbols.Json), console));
        return verb;
    }

    private static VerbCommand Report(StudySymbols symbols, ToolConsole console)
    {
        var file = new Option<string?>("--output", "-o")
        {
            HelpName = "file", Description = $"The file to write; {ReportVerb.UsualFile} when it is not given.",
        };
        var verb = OfStudy(symbols, "report", "Writes the report, one HTML file.", "logml report --output xor.html");
        verb.Add(file);
        verb.SetAction(result => ReportVerb.Run(
            symbols.RequestOf(result), result.GetValue(file), result.GetValue(symbols.Json), console));
        return verb;
    }

    private static VerbCommand Watch(StudySymbols symbols, ToolConsole console)
    {
        var port = new Option<int?>("--port")
        {
            HelpName = "number", Description = "The port of 127.0.0.1; a free one when it is not given.",
        };
        port.Validators.Add(result =>
        {
            // Other mistakes, as none or what is no number, are found by the parser.
            if (result.Tokens is [{ Value: var text }]
                && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
                && number is < 1 or > ushort.MaxValue)
            {
                result.AddError($"{port.Name} must be a number from 1 to {ushort.MaxValue}.");
            }
        });
        var untilEnd = new Option<bool>("--until-end") { Description = "Ends when the search has ended." };
        var verb = OfStudy(
            symbols, "watch", "Shows the report of a search that runs in a browser, and keeps it up to date.", "logml watch");
        verb.Add(port);
        verb.Add(untilEnd);
        verb.SetAction(result => WatchVerb.Run(
            symbols.RequestOf(result), result.GetValue(port), result.GetValue(untilEnd), result.GetValue(symbols.Json), console));
        return verb;
    }

    private static VerbCommand Compare(StudySymbols symbols, ToolConsole console)
    {
        var places = new Argument<string[]>("storages")
        {
            Arity = ArgumentArity.ZeroOrMore, Description = "Each a study.db, or a folder in which or below which there are some.",
        };
        places.Validators.Add(StudySymbols.RefuseOptions);
        var studies = new Option<string[]>("--studies")
        {
            HelpName = "names", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true,
            Description = "The studies to compare; all of the storages when it is not given.",
        };
        var verb = new VerbCommand(
            "compare", "Shows several studies beside each other.", "logml compare HyperOptResults --studies xor forest") { places };
        verb.Add(symbols.StorageFile);
        verb.Add(studies);
        verb.Add(symbols.Json);
        verb.SetAction(result =>
        {
            var file = result.GetValue(symbols.StorageFile);
            var named = result.GetValue(places) ?? [];
            return CompareVerb.Run(
                [.. named.DefaultIfEmpty<string?>(null).Select(place => new StudyRequest(place, file, Study: null))],
                result.GetValue(studies) ?? [], result.GetValue(symbols.Json), console);
        });
        return verb;
    }

    private static VerbCommand Export(StudySymbols symbols, ToolConsole console)
    {
        var file = new Argument<string>("file")
        {
            Description = $"The file to write, or {ExportVerb.TrackingServer} for a tracking server of MLflow.",
        };
        file.Validators.Add(StudySymbols.RefuseOptions);
        var form = new Option<string?>("--format")
        {
            HelpName = "form", Description = "csv or json, when the name of the file does not say it.",
        };
        form.AcceptOnlyFromAmong(ExportVerb.Forms);
        var uri = new Option<string?>("--tracking-uri")
        {
            HelpName = "url", Description = "The address of the tracking server; that in MLFLOW_TRACKING_URI when it is not given.",
        };
        var experiment = new Option<string?>("--experiment")
        {
            HelpName = "name", Description = "The experiment on the tracking server; one with the name of the study when it is not given.",
        };
        var verb = new VerbCommand(
            "export", "Writes a study with all its trials to a file, CSV or JSON with the reports, or to a tracking server of MLflow.",
            "logml export mlflow --tracking-uri http://127.0.0.1:5000") { file };
        AddStudy(verb, symbols);
        verb.Add(form);
        verb.Add(uri);
        verb.Add(experiment);
        verb.SetAction(result =>
        {
            var (request, target, isJson) = (symbols.RequestOf(result), result.GetValue(file)!, result.GetValue(symbols.Json));
            if (target == ExportVerb.TrackingServer && result.GetValue(form) is null)
            {
                return MlflowVerb.Run(request, result.GetValue(uri), result.GetValue(experiment), isJson, console);
            }

            return (result.GetResult(uri) ?? result.GetResult(experiment)) is { } other
                ? throw new ToolException(ToolErrors.Usage, $"'{target}' is a file, and {other.Option.Name} is for a tracking server.")
                : ExportVerb.Run(request, target, result.GetValue(form), isJson, console);
        });
        return verb;
    }

    private static VerbCommand Enqueue(StudySymbols symbols, ToolConsole console)
    {
        var values = new Option<string[]>("--param", "-p")
        {
            HelpName = "name=value", Arity = ArgumentArity.OneOrMore, Required = true,
            Description = "A parameter with its value; the search chooses those that are not given.",
        };
        var verb = OfStudy(
            symbols, "enqueue", "Adds a point that a search tries next.", "logml enqueue --param learning_rate=0.01 --param kernel=rbf");
        verb.Add(values);
        verb.SetAction(result => EnqueueVerb.Run(
            symbols.RequestOf(result), result.GetValue(values)!, result.GetValue(symbols.Json), console));
        return verb;
    }

    private static VerbCommand Copy(StudySymbols symbols, ToolConsole console)
    {
        var place = new Option<string?>("--to")
        {
            HelpName = "path|env", Description = "The SQLite file to copy to, or env: the place that LOGML_STORAGE names.",
        };
        var file = new Option<string?>("--to-storage-file")
        {
            HelpName = "file", Description = "A file with the URL or the connection string of the database to copy to.",
        };
        var name = new Option<string?>("--as") { HelpName = "name", Description = "The name of the copy, when it is another one." };
        name.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && string.IsNullOrWhiteSpace(text))
            {
                result.AddError($"{name.Name} must be a name.");
            }
        });
        var verb = OfStudy(
            symbols, "copy", "Copies a study with all its trials to another storage, SQLite or PostgreSQL.",
            "logml copy HyperOptResults/xor/study.db --to env");
        verb.Add(place);
        verb.Add(file);
        verb.Add(name);
        verb.SetAction(result => CopyVerb.Run(
            symbols.RequestOf(result), new CopyTarget(result.GetValue(place), result.GetValue(file), result.GetValue(name)),
            result.GetValue(symbols.Json), console));
        return verb;
    }

    private static VerbCommand Delete(StudySymbols symbols, ToolConsole console)
    {
        var yes = new Option<bool>("--yes", "-y") { Description = "Does not ask." };
        var force = new Option<bool>("--force") { Description = "Deletes the study even while it is being searched." };
        var verb = OfStudy(
            symbols, "delete", "Deletes a study with all its trials, after a question.", "logml delete --study old --yes");
        verb.Add(yes);
        verb.Add(force);
        verb.SetAction(result => DeleteVerb.Run(
            symbols.RequestOf(result), result.GetValue(yes), result.GetValue(force), result.GetValue(symbols.Json), console));
        return verb;
    }

    private static VerbCommand Completion(ToolConsole console)
    {
        var verb = new VerbCommand(
            "completion", "Prints a script with which bash completes verbs, options and the names of studies.",
            "eval \"$(logml completion)\"");
        verb.SetAction(_ =>
        {
            console.Output.Write(BashCompletion.Script);
            return ExitCodes.Done;
        });
        return verb;
    }

    private static Option<bool> Yaml() => new("--yaml") { Description = "Prints the parameters as a functions: section of logml.yaml." };

    private static VerbCommand OfStudy(StudySymbols symbols, string name, string description, string example)
    {
        var verb = new VerbCommand(name, description, example);
        AddStudy(verb, symbols);
        return verb;
    }

    private static void AddStudy(VerbCommand verb, StudySymbols symbols)
    {
        verb.Add(symbols.Place);
        verb.Add(symbols.Study);
        verb.Add(symbols.StorageFile);
        verb.Add(symbols.Json);
    }

    /// <exception cref="ToolException">Two forms are asked for.</exception>
    private static OutputForm FormOf(ParseResult result, StudySymbols symbols, Option<bool> other) =>
        (result.GetValue(symbols.Json), result.GetValue(other)) switch
        {
            (true, true) => throw new ToolException(
                ToolErrors.Usage, $"{symbols.Json.Name} and {other.Name} are two forms. Ask for one of them."),
            (true, _) => OutputForm.Json,
            (_, true) => OutputForm.Other,
            _ => OutputForm.Text,
        };
}
