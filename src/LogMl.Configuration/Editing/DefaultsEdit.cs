using LogMl.Configuration.Diagnostics;

namespace LogMl.Configuration.Editing;

/// <summary>What <see cref="DefaultsEditor"/> has made of a file.</summary>
/// <param name="Text">The new text; the old one when there is a problem, or nothing to change.</param>
/// <param name="Diff">The lines that change, as a unified diff without context.</param>
/// <param name="Problem">Why the file cannot be changed; null when it can.</param>
public sealed record DefaultsEdit(string Text, IReadOnlyList<string> Diff, EditProblem? Problem)
{
    /// <summary>What becomes of comments beside and in values that are replaced as a whole; empty when there is a problem.</summary>
    public IReadOnlyList<EditNotice> Notices { get; init; } = [];

    /// <summary>The spans of the old text that are replaced, in their order.</summary>
    internal IReadOnlyList<TextEdit> Edits { get; init; } = [];
}

/// <summary>What becomes of a comment.</summary>
/// <param name="Span">The comment in the old text.</param>
/// <param name="Message">What becomes of it.</param>
public sealed record EditNotice(SourceSpan Span, string Message);

/// <summary>Why a value of a file cannot be changed.</summary>
/// <param name="Span">Where.</param>
/// <param name="Message">What is wrong, and what would be right.</param>
public sealed record EditProblem(SourceSpan Span, string Message);
