using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using LogMl.Tool.Storages;

namespace LogMl.Tool.Commands;

/// <summary>The symbols of a command line that say which study it is for, and in which form the result is printed.</summary>
internal sealed class StudySymbols
{
    /// <param name="console">Where completion looks for studies.</param>
    public StudySymbols(ToolConsole console)
    {
        Study.CompletionSources.Add(context => Names(context, console));
        Place.Validators.Add(RefuseOptions);
    }

    /// <summary>The place of the storage.</summary>
    public Argument<string?> Place { get; } = new("storage")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "A study.db, or a folder in which or below which there are some.",
    };

    /// <summary>The file with the location of the storage.</summary>
    public Option<string?> StorageFile { get; } = new("--storage-file")
    {
        HelpName = "file", Description = "A file with the URL or the connection string of the database.",
    };

    /// <summary>The name of the study.</summary>
    public Option<string?> Study { get; } = new("--study", "-s")
    {
        HelpName = "name", Description = "The study, where there are several.",
    };

    /// <summary>Whether the result is JSON.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Prints JSON." };

    /// <summary>Refuses an option that a verb does not have. System.CommandLine takes it for an argument.</summary>
    public static void RefuseOptions(ArgumentResult result)
    {
        if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } option)
        {
            result.AddError($"'{option.Value}' is no option.");
        }
    }

    /// <summary>What a command line says.</summary>
    public StudyRequest RequestOf(ParseResult result) => new(
        result.GetValue(Place), result.GetValue(StorageFile),
        result.CommandResult.Command.Options.Contains(Study) ? result.GetValue(Study) : null);

    /// <summary>The names of the studies that a call could mean. Completion never fails: it has nothing to offer then.</summary>
    private IEnumerable<CompletionItem> Names(CompletionContext context, ToolConsole console)
    {
        try
        {
            // The option itself has no value yet.
            var result = context.ParseResult;
            var request = new StudyRequest(result.GetValue(Place), result.GetValue(StorageFile), Study: null);
            return
            [
                .. StorageFinder.Find(request, console).SelectMany(location =>
                {
                    using var storage = StorageOpening.ToRead(location);
                    return storage.ListNames();
                }).Distinct(StringComparer.Ordinal).Select(name => new CompletionItem(name)),
            ];
        }
        catch (Exception exception) when (exception is ToolException or Storage.StorageException)
        {
            return [];
        }
    }
}
